package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static final ByteString ID = ByteString.fromHex("0190a1b2c3d47000800000000000abcd");

    private static Offer offer(Origin origin) {
        return new Offer(
                new MessageKey(new ConversationKey("app", "private_a_b"), "a", ID),
                ByteString.copyFromUtf8("content"),
                3,
                origin,
                Admission.BOUNDED);
    }

    private static PendingMessage through(Offer offer) {
        var packed = Body.encode(offer);
        var value = ByteBuffer.allocate(16 + packed.length)
                .putLong(12)
                .putLong(1_700_000_000_000L)
                .put(packed)
                .array();
        return Body.decode(5, 14, value);
    }

    @Test
    void bringsBackTheMessageInItsPlace() {
        var offer = offer(new Origin("node-1", Long.MAX_VALUE));
        var expected = offer.toMessage(new Acceptance.Accepted(5, 14, 12, 1_700_000_000_000L));
        assertThat(through(offer)).isEqualTo(new PendingMessage(expected, offer.origin()));
        assertThat(through(offer).position()).isEqualTo(new Position(offer.conversation(), 14, 12));
    }

    @Test
    void anOriginMayBeMissingOrLong() {
        assertThat(through(offer(Origin.NONE)).origin()).isEqualTo(Origin.NONE);
        var longest = new Origin("n".repeat(255), 1);
        assertThat(through(offer(longest)).origin()).isEqualTo(longest);
        assertThatThrownBy(() -> through(offer(new Origin("n".repeat(256), 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdBeginsWithItsTime() {
        assertThat(offer(Origin.NONE).key().idTime()).isEqualTo(0x0190a1b2c3d4L);
    }

    @Test
    void anIdHas16Bytes() {
        assertThatThrownBy(() -> new MessageKey(new ConversationKey("app", "c"), "a", ByteString.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameIsAllOfAppConversationSenderAndId() {
        var hashes = new HashSet<ByteString>();
        for (var name : new String[][] {{"app", "c", "a"}, {"app", "c", "b"}, {"app", "d", "a"}, {"apq", "c", "a"}}) {
            var key = new ConversationKey(name[0], name[1]);
            var hash = new MessageKey(key, name[2], ID).hash();
            assertThat(hash).hasSize(16);
            hashes.add(ByteString.copyFrom(hash));
        }
        assertThat(hashes).hasSize(4);
    }
}
