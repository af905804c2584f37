package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.pipeline.Outcome;
import im.magpie.service.pipeline.Submission;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Gives events that are committed their places in their groups' timelines, in the order of their versions. Any number of callers may do so for the same group at
 * the same time: an event is known by its name, and accepted once.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
final class GroupTimeline {

    private static final int EVENTS_AT_ONCE = 50;

    private final GroupChangeMapper changes;
    private final Submission submission;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    GroupTimeline(GroupChangeMapper changes, Submission submission, LongSupplier clock) {
        this.changes = changes;
        this.submission = submission;
        this.clock = clock;
    }

    /**
     * Returns when every event of a group that was committed before this call has its place.
     *
     * @throws MagpieException UNAVAILABLE when one has none yet: it will get it, by this call repeated or by the sweep
     */
    void append(GroupKey group) {
        List<ChangeRow> waiting;
        do {
            waiting = changes.unappended(group, EVENTS_AT_ONCE);
            waiting.forEach(this::append);
        } while (waiting.size() == EVENTS_AT_ONCE);
    }

    /** One after the other: each is accepted only where the one before it was. */
    private void append(ChangeRow change) {
        var outcome = submission.submit(List.of(offer(change))).getFirst();
        if (!(outcome instanceof Outcome.Settled)) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the group's timeline does not go on now");
        }
        changes.appended(change.group(), change.version(), clock.getAsLong());
    }

    static Offer offer(ChangeRow change) {
        var name = new MessageKey(change.group().conversation(), change.senderId(), change.clientMessageId());
        return new Offer(name, change.content(), change.version(), Origin.NONE, Admission.EVENT);
    }
}
