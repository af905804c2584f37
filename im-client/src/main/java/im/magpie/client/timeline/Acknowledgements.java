package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.PushAck;
import io.netty.channel.EventLoop;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server how far the device is: at once when nothing was acknowledged lately, else when some more has
 * gathered, because each acknowledgement costs the server a look at the whole conversation. Used by the client's loop
 * only.
 */
final class Acknowledgements implements LinkUser {

    /** More than the server takes notice of in one PUSH_ACK would be lost. */
    private static final int POSITIONS = 100;

    /**
     * With so many messages there is no waiting for more: the server leaves pushes out when too many are
     * unacknowledged.
     */
    private static final int MANY = 64;

    private final EventLoop loop;
    private final Timings timings;
    private final Set<Timeline> waiting = new LinkedHashSet<>();
    private int messages;
    private boolean gathering;
    private boolean dueThisTurn;
    private @Nullable Link link;

    Acknowledgements(EventLoop loop, Timings timings) {
        this.loop = loop;
        this.timings = timings;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        acknowledge();
    }

    @Override
    public void offline() {
        link = null;
        gathering = false;
    }

    /** A message has come: acknowledges what position the timeline has by then. */
    void soon(Timeline timeline) {
        waiting.add(timeline);
        messages++;
        if (!dueThisTurn && (!gathering || messages >= MANY)) {
            dueThisTurn = true;
            loop.execute(this::acknowledge);
        }
    }

    private void acknowledge() {
        dueThisTurn = false;
        var to = link;
        if (to == null || waiting.isEmpty()) {
            return;
        }
        messages = 0;
        for (var timelines = waiting.iterator(); timelines.hasNext(); ) {
            to.notice(new Request.PushAcknowledgement(0, next(timelines)));
        }
        if (!gathering) {
            gathering = true;
            to.later(timings.gather(), this::gathered);
        }
    }

    private void gathered() {
        gathering = false;
        acknowledge();
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
