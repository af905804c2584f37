package im.magpie.client.timeline;

import im.magpie.client.store.ClientStore;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.Receipt;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the user and the others are in each conversation, as far as this device was told, in this life of its client or an earlier one. That
 * only ever rises, but what tells of it comes in any order, and a server that has lost its memory may know less for a moment. Used by the client's
 * loop only.
 */
public final class Watermarks {

    /** The other side of a private chat has no user id here. */
    private record Member(String conversationId, String userId) {}

    private record Mark(long delivered, long read, long readOrdinal) {

        static Mark of(Receipt receipt) {
            return new Mark(receipt.getDeliveredSequence(), receipt.getReadSequence(), receipt.getReadOrdinal());
        }

        Mark max(Mark other) {
            var reader = read >= other.read ? this : other;
            return new Mark(Math.max(delivered, other.delivered), reader.read, reader.readOrdinal);
        }
    }

    private static final Mark NOTHING = new Mark(0, 0, 0);
    private static final String OTHER_SIDE = "";

    private final String userId;
    private final ClientStore store;
    private final Map<Member, Mark> known = new HashMap<>();

    /**
     * @param userId whose client this is
     * @param store remembers what rises
     */
    public Watermarks(String userId, ClientStore store) {
        this.userId = userId;
        this.store = store;
        store.watermarks().forEach(mark -> known.put(member(mark), Mark.of(mark)));
    }

    /** Returns what a receipt says, or what was known to be further. */
    public Receipt raised(Receipt receipt) {
        var mark = raise(member(receipt), Mark.of(receipt));
        return receipt.toBuilder()
                .setDeliveredSequence(mark.delivered)
                .setReadSequence(mark.read)
                .setReadOrdinal(mark.readOrdinal)
                .build();
    }

    /** Returns a conversation as the server sees it, with the watermarks that were known to be further. */
    public ConversationEntry raised(ConversationEntry entry) {
        var id = entry.getConversationId();
        var own = raise(
                new Member(id, userId),
                new Mark(entry.getDeliveredSequence(), entry.getReadSequence(), entry.getReadOrdinal()));
        var peer = raise(
                new Member(id, OTHER_SIDE), new Mark(entry.getPeerDeliveredSequence(), entry.getPeerReadSequence(), 0));
        return entry.toBuilder()
                .setDeliveredSequence(own.delivered)
                .setReadSequence(own.read)
                .setReadOrdinal(own.readOrdinal)
                .setPeerDeliveredSequence(peer.delivered)
                .setPeerReadSequence(peer.read)
                .build();
    }

    private Member member(Receipt receipt) {
        var id = receipt.getConversationId();
        var isNamed = receipt.getUserId().equals(userId) || ConversationId.isOfGroup(id);
        return new Member(id, isNamed ? receipt.getUserId() : OTHER_SIDE);
    }

    private Mark raise(Member member, Mark told) {
        var before = known.getOrDefault(member, NOTHING);
        // What was told last comes first: of two equal ones it may alone know the ordinal.
        var now = told.max(before);
        if (!now.equals(before)) {
            store.watermark(receipt(member, now));
            known.put(member, now);
        }
        return now;
    }

    private static Receipt receipt(Member member, Mark mark) {
        return Receipt.newBuilder()
                .setConversationId(member.conversationId)
                .setUserId(member.userId)
                .setDeliveredSequence(mark.delivered)
                .setReadSequence(mark.read)
                .setReadOrdinal(mark.readOrdinal)
                .build();
    }
}
