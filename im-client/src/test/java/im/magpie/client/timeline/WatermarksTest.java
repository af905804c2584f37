package im.magpie.client.timeline;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.store.MemoryClientStore;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.Receipt;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private final MemoryClientStore store = new MemoryClientStore();
    private final Watermarks watermarks = new Watermarks("alice", store);

    @Test
    void passesOnWhatRises() {
        assertThat(watermarks.raised(receipt("bob", 1, 0, 0))).isEqualTo(receipt("bob", 1, 0, 0));
        assertThat(watermarks.raised(receipt("bob", 3, 2, 2))).isEqualTo(receipt("bob", 3, 2, 2));
    }

    @Test
    void putsWhatWasKnownInThePlaceOfWhatIsLower() {
        watermarks.raised(receipt("bob", 5, 4, 3));
        assertThat(watermarks.raised(receipt("bob", 4, 0, 0))).isEqualTo(receipt("bob", 5, 4, 3));
        assertThat(watermarks.raised(receipt("bob", 6, 3, 2))).isEqualTo(receipt("bob", 6, 4, 3));
    }

    /** A server that has lost its memory may tell the next client of less than the user has seen. */
    @Test
    void remembersWhatAnEarlierClientOfTheDeviceWasTold() {
        watermarks.raised(receipt("bob", 5, 4, 3));
        watermarks.raised(receipt("alice", 3, 2, 1));

        var next = new Watermarks("alice", store);

        assertThat(next.raised(receipt("bob", 4, 0, 0))).isEqualTo(receipt("bob", 5, 4, 3));
        assertThat(next.raised(receipt("alice", 1, 1, 1))).isEqualTo(receipt("alice", 3, 2, 1));
    }

    @Test
    void keepsBothSidesApart() {
        watermarks.raised(receipt("bob", 5, 4, 3));
        assertThat(watermarks.raised(receipt("alice", 2, 1, 1))).isEqualTo(receipt("alice", 2, 1, 1));
    }

    /** In a group one has read what another has not. */
    @Test
    void keepsTheMembersOfAGroupApart() {
        var bobs = receipt("bob", 5, 4, 3).toBuilder()
                .setConversationId("group_club")
                .build();
        var carols = receipt("carol", 2, 1, 1).toBuilder()
                .setConversationId("group_club")
                .build();
        watermarks.raised(bobs);
        assertThat(watermarks.raised(carols)).isEqualTo(carols);
        assertThat(new Watermarks("alice", store).raised(carols)).isEqualTo(carols);
    }

    @Test
    void keepsConversationsApart() {
        watermarks.raised(receipt("bob", 5, 4, 3));
        var other = receipt("bob", 1, 1, 1).toBuilder()
                .setConversationId("private_alice_carol")
                .build();
        assertThat(watermarks.raised(other)).isEqualTo(other);
    }

    @Test
    void comparesReceiptsWithWhatASyncSays() {
        watermarks.raised(receipt("bob", 5, 4, 3));
        watermarks.raised(receipt("alice", 7, 6, 5));
        var behind = ConversationEntry.newBuilder()
                .setConversationId(CONVERSATION)
                .setNewestSequence(9)
                .setNewestOrdinal(8)
                .setDeliveredSequence(8)
                .setReadSequence(2)
                .setReadOrdinal(1)
                .setPeerDeliveredSequence(1)
                .setPeerReadSequence(1)
                .build();
        var raised = behind.toBuilder()
                .setReadSequence(6)
                .setReadOrdinal(5)
                .setPeerDeliveredSequence(5)
                .setPeerReadSequence(4)
                .build();
        assertThat(watermarks.raised(behind)).isEqualTo(raised);
        assertThat(watermarks.raised(receipt("alice", 0, 0, 0))).isEqualTo(receipt("alice", 8, 6, 5));
    }

    /** A sync names no ordinal of the other side's. */
    @Test
    void takesTheOrdinalFromWhoeverKnowsIt() {
        watermarks.raised(ConversationEntry.newBuilder()
                .setConversationId(CONVERSATION)
                .setPeerReadSequence(4)
                .build());
        assertThat(watermarks.raised(receipt("bob", 4, 4, 3))).isEqualTo(receipt("bob", 4, 4, 3));
    }

    private static Receipt receipt(String user, long delivered, long read, long readOrdinal) {
        return Receipt.newBuilder()
                .setConversationId(CONVERSATION)
                .setUserId(user)
                .setDeliveredSequence(delivered)
                .setReadSequence(read)
                .setReadOrdinal(readOrdinal)
                .build();
    }
}
