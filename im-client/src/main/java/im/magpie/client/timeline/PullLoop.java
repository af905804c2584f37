package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls for as long as anything is wanted: one PULL under way at a time, of as many ranges as a server takes. One range that
 * may not be read must not keep the others from being read: after a refusal they are asked for one by one. Used by the
 * client's loop only.
 *
 * @param <T> what is wanted, each in a range of its own
 */
final class PullLoop<T> implements LinkUser {

    /** Knows what is wanted, and takes it in. */
    interface Wants<T> {

        /** Returns the first of what is wanted, so many at most. */
        List<T> wanted(int most);

        PullRange range(T one);

        /** Returns whether anything was gained: without, the same request must not follow at once. */
        boolean take(List<T> asked, PullReply reply);

        /** The server refuses it for good: it is not to be wanted again on this connection. */
        void refused(T one);

        /** Nothing is wanted, and nothing under way. */
        void idle();
    }

    /** What a server takes in one PULL. */
    private static final int RANGES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(PullLoop.class);

    private final Timings timings;
    private final Wants<T> wants;
    private int ranges = RANGES;
    private boolean underWay;
    private @Nullable Link link;

    PullLoop(Timings timings, Wants<T> wants) {
        this.timings = timings;
        this.wants = wants;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        pull();
    }

    @Override
    public void offline() {
        link = null;
        underWay = false;
        ranges = RANGES;
    }

    /** Looks for what is wanted; without a connection, or with a PULL under way, that is done later by itself. */
    void pull() {
        var from = link;
        if (from == null || underWay) {
            return;
        }
        var asked = wants.wanted(ranges);
        if (asked.isEmpty()) {
            ranges = RANGES;
            wants.idle();
            return;
        }
        underWay = true;
        var request = PullRequest.newBuilder();
        asked.forEach(one -> request.addRanges(wants.range(one)));
        from.request(id -> new Request.Pull(id, request.build()), timings.reply(), reply -> {
            if (from == link) {
                answered(from, asked, reply);
            }
        });
    }

    private void answered(Link from, List<T> asked, Reply reply) {
        if (reply instanceof Reply.Failure failure && !Retry.helps(failure.code())) {
            refused(asked, failure);
        }
        if (reply instanceof Reply.PullOk ok && wants.take(asked, ok.body())) {
            again();
        } else {
            from.later(Retry.after(reply, timings), this::again);
        }
    }

    private void again() {
        underWay = false;
        pull();
    }

    private void refused(List<T> asked, Reply.Failure failure) {
        ranges = 1;
        if (asked.size() == 1) {
            LOG.warn("{} is not to be pulled: {}", asked.getFirst(), failure.code());
            wants.refused(asked.getFirst());
        }
    }
}
