package im.magpie.service.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");

    private final TestUsers fixture = new TestUsers(DATABASE, Ticker.systemTicker());
    private final Users users = fixture.users();

    @Test
    void importsAndReplaces() {
        users.put(ALICE, new UserChange("Alice 🐦", "https://example.org/a.png", null));
        assertThat(users.require(ALICE))
                .isEqualTo(new User("acme", "alice", "Alice 🐦", "https://example.org/a.png", false));

        assertThat(users.put(ALICE, new UserChange("Al", null, null)))
                .isEqualTo(new User("acme", "alice", "Al", "", false));
    }

    @Test
    void anImportLeavesADisabledUserDisabled() {
        fixture.add(ALICE);
        fixture.disable(ALICE);

        assertThat(users.put(ALICE, new UserChange("Al", null, null)).disabled())
                .isTrue();
        assertThat(users.put(ALICE, new UserChange("Al", null, false)).disabled())
                .isFalse();
    }

    @Test
    void changesWhatIsGiven() {
        users.put(ALICE, new UserChange("Alice", "a.png", null));

        assertThat(users.change(ALICE, new UserChange(null, "b.png", null)))
                .isEqualTo(new User("acme", "alice", "Alice", "b.png", false));
        assertThat(users.change(ALICE, new UserChange(null, null, true)))
                .isEqualTo(new User("acme", "alice", "Alice", "b.png", true));
    }

    @Test
    void sameAgainIsNoError() {
        fixture.add(ALICE);
        fixture.disable(ALICE);
        fixture.disable(ALICE);

        assertThat(fixture.events()).containsExactly(new UserDisabled(ALICE), new UserDisabled(ALICE));
    }

    @Test
    void whoIsNotThereIsNotChanged() {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> users.change(ALICE, new UserChange("Alice", null, true)))
                .returns(ErrorCode.NOT_FOUND, MagpieException::code);
        assertThat(fixture.events()).isEmpty();
    }
}
