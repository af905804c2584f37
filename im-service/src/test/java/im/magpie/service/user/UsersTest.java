package im.magpie.service.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestDatabase;
import java.util.List;
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
                .isEqualTo(new User("acme", "alice", "Alice 🐦", "https://example.org/a.png", false, false));

        assertThat(users.put(ALICE, new UserChange("Al", null, null)))
                .isEqualTo(new User("acme", "alice", "Al", "", false, false));
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
    void importsManyAtOnce() {
        var bob = new UserKey("acme", "bob");
        var carol = new UserKey("acme", "carol");
        fixture.add(ALICE, bob, carol);
        fixture.disable(bob);
        users.hollow(carol);

        var erased = users.putAll(
                "acme",
                List.of(
                        new UserProfile("dave", null, null, true),
                        new UserProfile("carol", "Carol", "c.png", false),
                        new UserProfile("alice", "Al", "a.png", null),
                        new UserProfile("bob", "Bob", null, null),
                        new UserProfile("alice", "Alice", null, null)));

        assertThat(erased).containsExactly("carol");
        assertThat(users.require(ALICE)).isEqualTo(new User("acme", "alice", "Alice", "", false, false));
        assertThat(users.require(bob)).isEqualTo(new User("acme", "bob", "Bob", "", true, false));
        assertThat(users.require(carol)).isEqualTo(new User("acme", "carol", "", "", true, true));
        assertThat(users.require(new UserKey("acme", "dave"))).isEqualTo(new User("acme", "dave", "", "", true, false));
        users.putAll("acme", List.of(new UserProfile("dave", null, null, false)));
        assertThat(users.require(new UserKey("acme", "dave")).disabled()).isFalse();
    }

    @Test
    void whoIsDisabledByAnImportIsPutOutAtOnce() {
        fixture.add(ALICE);
        fixture.states().requireEnabled(ALICE);

        users.putAll("acme", List.of(new UserProfile("alice", null, null, true)));

        assertThat(fixture.states().of(List.of(ALICE))).containsEntry(ALICE, UserState.DISABLED);
        assertThat(fixture.events()).containsExactly(new UserDisabled(ALICE));
    }

    @Test
    void changesWhatIsGiven() {
        users.put(ALICE, new UserChange("Alice", "a.png", null));

        assertThat(users.change(ALICE, new UserChange(null, "b.png", null)))
                .isEqualTo(new User("acme", "alice", "Alice", "b.png", false, false));
        assertThat(users.change(ALICE, new UserChange(null, null, true)))
                .isEqualTo(new User("acme", "alice", "Alice", "b.png", true, false));
    }

    @Test
    void nothingComesBackOfAnErasedUser() {
        users.put(ALICE, new UserChange("Alice", "a.png", null));
        users.hollow(ALICE);
        users.erased(ALICE);

        assertThat(users.require(ALICE)).isEqualTo(new User("acme", "alice", "", "", true, true));
        for (var again : List.<Runnable>of(
                () -> users.put(ALICE, new UserChange("Alice", "a.png", false)),
                () -> users.change(ALICE, new UserChange("Alice", "a.png", false)))) {
            assertThatExceptionOfType(MagpieException.class)
                    .isThrownBy(again::run)
                    .extracting(MagpieException::code)
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(users.require(ALICE)).isEqualTo(new User("acme", "alice", "", "", true, true));
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
