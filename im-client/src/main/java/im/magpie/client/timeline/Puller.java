package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
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
    private final PullLoop<Gap> loop;

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

    /** What a timeline lacks of (after, to]. */
    private record Gap(Timeline timeline, long after, long to) {

        static Gap of(Timeline timeline) {
            return new Gap(timeline, timeline.position(), timeline.newest());
        }

        String conversationId() {
            return timeline.conversationId();
        }
    }

    private final class Gaps implements PullLoop.Wants<Gap> {

        @Override
        public List<Gap> wanted(int most) {
            wanting.removeIf(timeline -> !timeline.hasGap());
            return wanting.stream().limit(most).map(Gap::of).toList();
        }

        @Override
        public PullRange range(Gap gap) {
            return PullRange.newBuilder()
                    .setConversationId(gap.conversationId())
                    .setAfterSequence(gap.after())
                    .setToSequence(gap.to())
                    .build();
        }

        @Override
        public boolean take(List<Gap> asked, PullReply reply) {
            var gaps = asked.stream().collect(Collectors.toMap(Gap::conversationId, Function.identity()));
            var gained = false;
            for (var range : reply.getRangesList()) {
                var gap = gaps.get(range.getConversationId());
                if (gap != null) {
                    gained |= take(gap, range, !reply.getMore());
                }
            }
            return gained;
        }

        /** @param last what the range does not cover is not to be had at all */
        private boolean take(Gap gap, PulledRange range, boolean last) {
            var timeline = gap.timeline();
            var before = timeline.position();
            covered.covered(timeline, range.getAfterSequence(), range.getToSequence(), range.getMessagesList());
            if (last && range.getToSequence() < gap.to()) {
                timeline.forgetNotice(gap.to());
            }
            return timeline.position() > before;
        }

        @Override
        public void refused(Gap gap) {
            wanting.remove(gap.timeline());
        }

        @Override
        public void idle() {
            var actions = List.copyOf(whenIdle);
            whenIdle.clear();
            actions.forEach(Runnable::run);
        }
    }
}
