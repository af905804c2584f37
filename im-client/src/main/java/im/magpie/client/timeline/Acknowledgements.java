package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.PushAck;
import io.netty.channel.EventLoop;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the server how far the device is: once for all that came in one turn of the loop. Used by the client's loop only. */
final class Acknowledgements implements LinkUser {

    /** More than the server takes notice of in one PUSH_ACK would be lost. */
    private static final int POSITIONS = 100;

    private final EventLoop loop;
    private final Set<Timeline> waiting = new LinkedHashSet<>();
    private @Nullable Link link;

    Acknowledgements(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        acknowledge();
    }

    @Override
    public void offline() {
        link = null;
    }

    /** Acknowledges the position that the timeline has at the end of this turn. */
    void soon(Timeline timeline) {
        if (waiting.isEmpty()) {
            loop.execute(this::acknowledge);
        }
        waiting.add(timeline);
    }

    private void acknowledge() {
        var to = link;
        if (to == null) {
            return;
        }
        for (var timelines = waiting.iterator(); timelines.hasNext(); ) {
            to.notice(new Request.PushAcknowledgement(0, next(timelines)));
        }
    }

    private static PushAck next(Iterator<Timeline> timelines) {
        var ack = PushAck.newBuilder();
        while (timelines.hasNext() && ack.getPositionsCount() < POSITIONS) {
            var timeline = timelines.next();
            timelines.remove();
            ack.addPositions(ConversationPosition.newBuilder()
                    .setConversationId(timeline.conversationId())
                    .setSequence(timeline.position()));
        }
        return ack.build();
    }
}
