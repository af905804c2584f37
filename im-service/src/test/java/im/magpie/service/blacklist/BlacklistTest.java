package im.magpie.service.blacklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlacklistTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final Block ALICE_BLOCKS_BOB = new Block(ALICE, "bob");
    private static final Block ALICE_BLOCKS_CAROL = new Block(ALICE, "carol");

    private final AtomicLong nanos = new AtomicLong();
    private final Blacklist blacklist = TestBlacklist.in(DATABASE, nanos::get);
    private final Blacklist elsewhere = TestBlacklist.in(DATABASE, nanos::get);

    @Test
    void blocksOneWay() {
        blacklist.add(ALICE_BLOCKS_BOB);

        var asked = List.of(
                ALICE_BLOCKS_BOB,
                ALICE_BLOCKS_CAROL,
                new Block(new UserKey("acme", "bob"), "alice"),
                new Block(new UserKey("other", "alice"), "bob"),
                new Block(ALICE, "Bob"));
        assertThat(blacklist.among(asked)).containsExactly(ALICE_BLOCKS_BOB);
    }

    @Test
    void aBlockHereCountsAtOnce() {
        assertThat(blacklist.among(List.of(ALICE_BLOCKS_BOB))).isEmpty();

        blacklist.add(ALICE_BLOCKS_BOB);

        assertThat(blacklist.among(List.of(ALICE_BLOCKS_BOB))).isNotEmpty();
    }

    @Test
    void aBlockElsewhereCountsInAMoment() {
        assertThat(blacklist.among(List.of(ALICE_BLOCKS_BOB))).isEmpty();

        elsewhere.add(ALICE_BLOCKS_BOB);

        assertThat(blacklist.among(List.of(ALICE_BLOCKS_BOB))).isEmpty();
        nanos.addAndGet(TestBlacklist.TTL.toNanos() + 1);
        assertThat(blacklist.among(List.of(ALICE_BLOCKS_BOB))).isNotEmpty();
    }

    @Test
    void theEndOfABlockCountsEverywhereAtOnce() {
        blacklist.add(ALICE_BLOCKS_BOB);
        assertThat(elsewhere.among(List.of(ALICE_BLOCKS_BOB))).isNotEmpty();

        blacklist.remove(ALICE_BLOCKS_BOB);
        blacklist.remove(ALICE_BLOCKS_BOB);

        assertThat(elsewhere.among(List.of(ALICE_BLOCKS_BOB))).isEmpty();
    }

    @Test
    void listsInPages() {
        List.of("dave", "bob", "carol").forEach(other -> blacklist.add(new Block(ALICE, other)));

        assertThat(blacklist.list(ALICE, "", 2)).containsExactly("bob", "carol");
        assertThat(blacklist.list(ALICE, "carol", 2)).containsExactly("dave");
    }

    @Test
    void isBounded() {
        List.of("bob", "carol", "dave").forEach(other -> blacklist.add(new Block(ALICE, other)));

        assertRefused(new Block(ALICE, "erin"));
        assertThatCode(() -> blacklist.add(ALICE_BLOCKS_BOB)).doesNotThrowAnyException();
    }

    @Test
    void nobodyBlocksHimself() {
        assertRefused(new Block(ALICE, "alice"));
    }

    @Test
    void answersForManyAtOnce() {
        blacklist.add(ALICE_BLOCKS_BOB);
        var asked = new ArrayList<Block>();
        for (var i = 0; i < 1_200; i++) {
            asked.add(new Block(new UserKey("acme", "user-" + i), "bob"));
        }
        asked.add(ALICE_BLOCKS_BOB);

        assertThat(blacklist.among(asked)).containsExactly(ALICE_BLOCKS_BOB);
        assertThat(blacklist.among(List.of())).isEmpty();
    }

    private void assertRefused(Block block) {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> blacklist.add(block))
                .returns(ErrorCode.INVALID_REQUEST, MagpieException::code);
    }
}
