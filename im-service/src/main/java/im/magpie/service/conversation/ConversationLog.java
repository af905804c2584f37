package im.magpie.service.conversation;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The conversations' way through Redis. Every call may be of any size (it is cut into scripts of at most 1,000 entries) and may be
 * repeated. Blocks; meant for virtual threads; safe for use by many.
 *
 * <p>The calls that name a partition and an epoch are about messages that were accepted (or claimed) in that epoch; they throw
 * {@link im.magpie.service.epoch.StaleEpochException} when it is over and then have nothing more to say about those messages. All calls
 * but {@link #accept} throw {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis or the store did not answer.
 */
public final class ConversationLog {

    /** Returns the conversation partition that the other calls want. */
    public int partitionOf(ConversationKey conversation) {
        throw new UnsupportedOperationException();
    }

    /** Gives messages their places, in the order of the offers within each conversation. Never throws for want of Redis or the store. */
    public List<Acceptance> accept(List<Offer> offers) {
        throw new UnsupportedOperationException();
    }

    /** Moves the confirmed positions over messages whose store envelope the broker has confirmed. Answers in the order of the call. */
    public List<Confirmation> confirm(int partition, long epoch, List<Position> positions) {
        throw new UnsupportedOperationException();
    }

    /** Ends the pending records of messages that are confirmed and raised in their members' indexes; passes over unconfirmed ones. */
    public void finish(int partition, long epoch, List<Position> positions) {
        throw new UnsupportedOperationException();
    }

    /** Tells of each message whether it is confirmed and finished, so that it may be acknowledged. In the order of the call. */
    public List<Boolean> settled(int partition, long epoch, List<Position> positions) {
        throw new UnsupportedOperationException();
    }

    /** Returns up to limit (at most 1,000) pending messages that are due, and moves their due times. */
    public Claim claim(int partition, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Takes note of what MySQL has committed: it may leave Redis. The positions' ordinals don't matter. */
    public void committed(int partition, long epoch, List<Position> positions) {
        throw new UnsupportedOperationException();
    }

    /**
     * Drops dedupe marks that have served, and conversations that were not used for an hour. Bounded; for the sweeper, every few seconds.
     *
     * @return whether there was more to do than one call does
     */
    public boolean tidy(int partition) {
        throw new UnsupportedOperationException();
    }

    /** Returns how far each conversation can be read. */
    public Map<ConversationKey, Head> heads(Collection<ConversationKey> conversations) {
        throw new UnsupportedOperationException();
    }

    /** Returns what the window has of each range, in the order of the call. */
    public List<WindowPage> read(List<WindowRange> ranges) {
        throw new UnsupportedOperationException();
    }

    /** Returns the ordinal at a sequence, or at the head where the sequence is above it; from the window or else from the store. */
    public long ordinalAt(ConversationKey conversation, long sequence) {
        throw new UnsupportedOperationException();
    }
}
