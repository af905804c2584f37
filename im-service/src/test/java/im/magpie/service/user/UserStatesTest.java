package im.magpie.service.user;

import static im.magpie.service.user.UserState.DISABLED;
import static im.magpie.service.user.UserState.ENABLED;
import static im.magpie.service.user.UserState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserStatesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final UserKey NOBODY = new UserKey("acme", "nobody");

    private final AtomicLong nanos = new AtomicLong();
    private final TestUsers users = new TestUsers(DATABASE, nanos::get);
    private final UserStates states = users.states();

    @Test
    void tellsWhatUsersMayDo() {
        users.add(ALICE, BOB);
        users.disable(BOB);

        assertThat(states.of(List.of(ALICE, BOB, NOBODY, ALICE)))
                .isEqualTo(Map.of(ALICE, ENABLED, BOB, DISABLED, NOBODY, UNKNOWN));
    }

    @Test
    void idsAreComparedExactly() {
        users.add(ALICE);

        var almost = List.of(
                new UserKey("acme", "Alice"),
                new UserKey("acme", "alic"),
                new UserKey("Acme", "alice"),
                new UserKey("other", "alice"));
        assertThat(states.of(almost).values()).containsOnly(UNKNOWN);
    }

    @Test
    void aChangeHereCountsAtOnce() {
        users.add(ALICE);
        states.requireEnabled(ALICE);

        users.disable(ALICE);

        assertRefused(ErrorCode.USER_DISABLED, ALICE);
    }

    @Test
    void aChangeElsewhereCountsInAMoment() {
        users.add(ALICE);
        states.requireEnabled(ALICE);

        users.disableElsewhere(ALICE);

        assertThatCode(() -> states.requireEnabled(ALICE)).doesNotThrowAnyException();
        assertThat(states.of(List.of(ALICE))).containsEntry(ALICE, ENABLED);
        nanos.addAndGet(TestUsers.TTL.toNanos() + 1);
        assertRefused(ErrorCode.USER_DISABLED, ALICE);
    }

    @Test
    void nowMeansNow() {
        users.add(ALICE);
        states.requireEnabled(ALICE);

        users.disableElsewhere(ALICE);

        assertThat(states.now(List.of(ALICE))).containsEntry(ALICE, DISABLED);
    }

    @Test
    void whoWasUnknownIsAskedForAgain() {
        assertRefused(ErrorCode.UNKNOWN_USER, ALICE);

        users.add(ALICE);

        assertThatCode(() -> states.requireEnabled(ALICE)).doesNotThrowAnyException();
    }

    @Test
    void manyAreAskedForAtOnce() {
        users.add(ALICE);
        var strangers =
                IntStream.range(0, 2_500).mapToObj(i -> new UserKey(i % 2 == 0 ? "acme" : "other", "user-" + i));

        var answer = states.of(Stream.concat(strangers, Stream.of(ALICE)).toList());

        assertThat(answer).hasSize(2_501).containsEntry(ALICE, ENABLED);
        assertThat(answer.values()).filteredOn(UNKNOWN::equals).hasSize(2_500);
    }

    private void assertRefused(ErrorCode code, UserKey user) {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> states.requireEnabled(user))
                .returns(code, MagpieException::code);
    }
}
