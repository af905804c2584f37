package im.magpie.bench.load;

import im.magpie.bench.client.Peer;
import im.magpie.bench.client.Role;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.TextContent;
import io.netty.buffer.ByteBuf;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who writes to each of many others once, so that he has a conversation with each of them, as fast as the limits of the system let him. Used by
 * his connection's event loop only.
 */
public final class Greeter implements Role {

    private static final int UNDER_WAY = 8;

    private final Iterator<String> others;
    private final Meter meter;
    private final Map<Integer, Greeting> underWay = new HashMap<>();
    private int unsettled;

    /** @param begin when it was to be sent, as of {@link System#nanoTime} */
    private record Greeting(SendRequest request, long begin) {

        private static Greeting of(String self, String other) {
            var request = SendRequest.newBuilder()
                    .setConversationId(
                            ConversationId.privateBetween(self, other).toString())
                    .setClientMessageId(UuidV7.next(Clock.systemUTC()).toString())
                    .setContent(MessageContent.newBuilder()
                            .setText(TextContent.newBuilder().setText("Hello")));
            return new Greeting(request.build(), System.nanoTime());
        }
    }

    /** @param meter is told of each of his messages that is accepted */
    public Greeter(List<String> others, Meter meter) {
        this.others = others.iterator();
        this.meter = meter;
    }

    @Override
    public void entered(Peer peer, LoginReply welcome) {
        goOn(peer);
    }

    private void goOn(Peer peer) {
        while (unsettled < UNDER_WAY && others.hasNext()) {
            unsettled++;
            offer(peer, Greeting.of(peer.userId(), others.next()));
        }
    }

    private void offer(Peer peer, Greeting greeting) {
        underWay.put(peer.request(id -> new Request.Send(id, greeting.request())), greeting);
    }

    @Override
    public void replied(Peer peer, int command, int requestId, ByteBuf body) {
        var greeting = underWay.remove(requestId);
        if (greeting != null) {
            meter.accepted(System.nanoTime() - greeting.begin());
            unsettled--;
            goOn(peer);
        }
    }

    @Override
    public void refused(Peer peer, int command, int requestId, ErrorCode code, ErrorDetail detail) {
        var greeting = underWay.remove(requestId);
        var again = switch (code) {
            case BUSY, RATE_LIMITED, UNAVAILABLE, INTERNAL -> true;
            default -> false;
        };
        if (greeting != null && again) {
            meter.refused();
            peer.context()
                    .executor()
                    .schedule(
                            () -> offer(peer, greeting), Math.max(1, detail.getRetryAfterMs()), TimeUnit.MILLISECONDS);
        } else {
            lost(peer, "%s was refused: %s %s".formatted(peer.userId(), code, detail.getMessage()));
        }
    }

    @Override
    public void lost(Peer peer, String why) {
        meter.failed(why);
    }
}
