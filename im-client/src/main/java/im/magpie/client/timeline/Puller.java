package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Closes the gaps of all conversations that lack something, page by page until none does. Used by the client's loop only. */
final class Puller implements LinkUser {

    /** Takes in what a reply covers. */
    interface Covered {
        void covered(Timeline timeline, long after, long to, List<ChatMessage> messages);
    }

    private final Covered covered;
    private final Set<Timeline> wanting = new LinkedHashSet<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private final PullLoop<Timeline> loop;

    Puller(Timings timings, Covered covered) {
        this.covered = covered;
        this.loop = new PullLoop<>(timings, new Gaps());
    }

    @Override
    public void online(Link link) {
        loop.online(link);
    }

    @Override
    public void offline() {
        loop.offline();
        whenIdle.clear();
    }

    /** Pulls what the timelines lack. */
    void want(Collection<Timeline> timelines) {
        wanting.addAll(timelines);
        loop.pull();
    }

    /** Runs when nothing is lacking; never, if the connection is lost before. */
    void whenIdle(Runnable action) {
        whenIdle.add(action);
        loop.pull();
    }

    private final class Gaps implements PullLoop.Wants<Timeline> {

        @Override
        public List<Timeline> wanted(int most) {
            wanting.removeIf(timeline -> !timeline.hasGap());
            return wanting.stream().limit(most).toList();
        }

        @Override
        public PullRange range(Timeline timeline) {
            return PullRange.newBuilder()
                    .setConversationId(timeline.conversationId())
                    .setAfterSequence(timeline.position())
                    .setToSequence(timeline.newest())
                    .build();
        }

        @Override
        public boolean take(List<Timeline> asked, PullReply reply) {
            var timelines = asked.stream().collect(Collectors.toMap(Timeline::conversationId, Function.identity()));
            var gained = false;
            for (var range : reply.getRangesList()) {
                var timeline = timelines.get(range.getConversationId());
                if (timeline != null) {
                    var before = timeline.position();
                    covered.covered(timeline, range.getAfterSequence(), range.getToSequence(), range.getMessagesList());
                    gained |= timeline.position() > before;
                }
            }
            return gained;
        }

        @Override
        public void refused(Timeline timeline) {
            wanting.remove(timeline);
        }

        @Override
        public void idle() {
            var actions = List.copyOf(whenIdle);
            whenIdle.clear();
            actions.forEach(Runnable::run);
        }
    }
}
