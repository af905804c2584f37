package im.magpie.client.timeline;

import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.Receipt;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the user and the other side are in each conversation, as far as this client was told. That only ever rises, but what tells of it comes
 * in any order, and a server that has lost its memory may know less for a moment. Used by the client's loop only.
 */
public final class Watermarks {

    private record Member(String conversationId, boolean self) {}

    private record Mark(long delivered, long read, long readOrdinal) {

        Mark max(Mark other) {
            var reader = read >= other.read ? this : other;
            return new Mark(Math.max(delivered, other.delivered), reader.read, reader.readOrdinal);
        }
    }

    private final String userId;
    private final Map<Member, Mark> known = new HashMap<>();

    /** @param userId whose client this is */
    public Watermarks(String userId) {
        this.userId = userId;
    }

    /** Returns what a receipt says, or what was known to be further. */
    public Receipt raised(Receipt receipt) {
        var self = receipt.getUserId().equals(userId);
        var told = new Mark(receipt.getDeliveredSequence(), receipt.getReadSequence(), receipt.getReadOrdinal());
        var mark = raise(new Member(receipt.getConversationId(), self), told);
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
                new Member(id, true),
                new Mark(entry.getDeliveredSequence(), entry.getReadSequence(), entry.getReadOrdinal()));
        var peer = raise(
                new Member(id, false), new Mark(entry.getPeerDeliveredSequence(), entry.getPeerReadSequence(), 0));
        return entry.toBuilder()
                .setDeliveredSequence(own.delivered)
                .setReadSequence(own.read)
                .setReadOrdinal(own.readOrdinal)
                .setPeerDeliveredSequence(peer.delivered)
                .setPeerReadSequence(peer.read)
                .build();
    }

    private Mark raise(Member member, Mark told) {
        // What was told last comes first: of two equal ones it may alone know the ordinal.
        return known.merge(member, told, (before, now) -> now.max(before));
    }
}
