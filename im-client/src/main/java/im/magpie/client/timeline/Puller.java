package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes gaps: one PULL under way at a time, for all conversations that lack something, page by page until none does.
 * Used by the client's loop only.
 */
final class Puller implements LinkUser {

    /** Takes in what a reply covers. */
    interface Covered {
        void covered(Timeline timeline, long after, long to, List<ChatMessage> messages);
    }

    /** What a server takes in one PULL. */
    private static final int RANGES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Puller.class);

    private final Timings timings;
    private final Covered covered;
    private final Set<Timeline> wanting = new LinkedHashSet<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private int ranges = RANGES;
    private boolean underWay;
    private @Nullable Link link;

    Puller(Timings timings, Covered covered) {
        this.timings = timings;
        this.covered = covered;
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
        whenIdle.clear();
    }

    /** Pulls what the timelines lack. */
    void want(Collection<Timeline> timelines) {
        wanting.addAll(timelines);
        pull();
    }

    /** Runs when nothing is lacking; never, if the connection is lost before. */
    void whenIdle(Runnable action) {
        whenIdle.add(action);
        pull();
    }

    private void pull() {
        var from = link;
        if (from == null || underWay) {
            return;
        }
        wanting.removeIf(timeline -> !timeline.hasGap());
        if (wanting.isEmpty()) {
            ranges = RANGES;
            var actions = List.copyOf(whenIdle);
            whenIdle.clear();
            actions.forEach(Runnable::run);
            return;
        }
        underWay = true;
        Map<String, Timeline> asked = new LinkedHashMap<>();
        wanting.stream().limit(ranges).forEach(timeline -> asked.put(timeline.conversationId(), timeline));
        from.request(id -> new Request.Pull(id, request(asked)), timings.reply(), reply -> {
            if (from == link) {
                answered(from, asked, reply);
            }
        });
    }

    private static PullRequest request(Map<String, Timeline> asked) {
        var request = PullRequest.newBuilder();
        asked.forEach((conversationId, timeline) -> request.addRanges(PullRange.newBuilder()
                .setConversationId(conversationId)
                .setAfterSequence(timeline.position())
                .setToSequence(timeline.newest())));
        return request.build();
    }

    private void answered(Link from, Map<String, Timeline> asked, Reply reply) {
        if (reply instanceof Reply.Failure failure && !Retry.helps(failure.code())) {
            refused(asked, failure);
        }
        if (reply instanceof Reply.PullOk ok && take(asked, ok.body())) {
            again();
        } else {
            from.later(Retry.after(reply, timings), this::again);
        }
    }

    private void again() {
        underWay = false;
        pull();
    }

    /**
     * One conversation that may not be read must not keep the others from being read: they are asked for one by one.
     */
    private void refused(Map<String, Timeline> asked, Reply.Failure failure) {
        ranges = 1;
        if (asked.size() == 1) {
            LOG.warn("{} is not to be pulled: {}", asked.keySet(), failure.code());
            wanting.removeAll(asked.values());
        }
    }

    /** Returns whether anything was gained: without, the same request must not follow at once. */
    private boolean take(Map<String, Timeline> asked, PullReply reply) {
        var gained = false;
        for (var range : reply.getRangesList()) {
            var timeline = asked.get(range.getConversationId());
            if (timeline != null) {
                var before = timeline.position();
                covered.covered(timeline, range.getAfterSequence(), range.getToSequence(), range.getMessagesList());
                gained |= timeline.position() > before;
            }
        }
        return gained;
    }
}
