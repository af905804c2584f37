package im.magpie.store.message;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.store.change.ChangeReader;
import im.magpie.store.conversation.ConversationRef;
import im.magpie.store.room.RoomMessageRow;

/** What comes out of a store queue, one by one. */
public sealed interface StoreItem {

    /** The conversation partition it belongs to. */
    int partition();

    /**
     * A message that wants a row.
     *
     * @param delivery the broker's number of the envelope it came in
     * @param placeholder whether the row shall do without the content, which the database has refused
     */
    record Message(int partition, long delivery, AcceptedMessage accepted, boolean placeholder) implements StoreItem {

        public ConversationRef conversation() {
            return new ConversationRef(accepted.getAppId(), accepted.getConversationId());
        }

        Message asPlaceholder() {
            return new Message(partition, delivery, accepted, true);
        }

        MessageRow toRow(long conversationKey) {
            return new MessageRow(
                    conversationKey,
                    accepted.getSequence(),
                    accepted.getSenderId(),
                    accepted.getClientMessageId(),
                    accepted.getOrdinal(),
                    accepted.getServerTime(),
                    accepted.getEpoch(),
                    placeholder ? null : ChangeReader.ownContent(accepted));
        }
    }

    /**
     * What a room keeps.
     *
     * @param delivery the broker's number of the envelope it came in
     */
    record Said(int partition, long delivery, SaidInRoom said) implements StoreItem {

        RoomMessageRow toRow() {
            return RoomMessageRow.of(said);
        }
    }

    /** The end of all epochs below this one: what follows of them has come too late. */
    record EpochBarrier(int partition, long epoch) implements StoreItem {}
}
