package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.RequestFailedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignedInUserTest {

    private static final GatewayAddress FIRST = new GatewayAddress("a.example", 1);
    private static final GatewayAddress SECOND = new GatewayAddress("b.example", 2);

    private final FakeBusiness fake = new FakeBusiness(List.of(FIRST, SECOND));
    private final Business business = new Business(fake.url() + "/");

    @AfterEach
    void close() {
        fake.close();
    }

    private static ClientOptions options(SignedInUser user) {
        return user.client("shell", new ClientListener() {});
    }

    @Test
    void registersWhoIsNewAndLogsInWhoIsKnown() {
        var options = options(SignedInUser.of(business, "alice", "password-1"));
        assertThat(fake.passwords).containsEntry("alice", "password-1");
        assertThat(options.account().appId()).isEqualTo("demo");
        assertThat(options.account().userId()).isEqualTo("alice");
        assertThat(options.gateways().get()).containsExactly(FIRST, SECOND);
        assertThat(SignedInUser.of(business, "alice", "password-1").nodes()).containsExactly("node-1", "node-2");
    }

    @Test
    void saysWhyNobodyIsLetIn() {
        SignedInUser.of(business, "alice", "password-1");
        assertThatThrownBy(() -> SignedInUser.of(business, "alice", "password-2"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("alice can't sign in: user id or password is wrong");
        assertThatThrownBy(() -> SignedInUser.of(business, "bob", "short"))
                .hasMessage("bob can't sign in: a password has at least 8 characters");
        fake.close();
        assertThatThrownBy(() -> SignedInUser.of(business, "carol", "password-3"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no business system answers at http://127.0.0.1:");
    }

    @Test
    void asksForGatewaysBeforeEveryConnection() {
        var options = options(SignedInUser.of(business, "alice", "password-1"));
        var before = fake.logins.get();
        assertThat(options.gateways().get()).hasSize(2);
        assertThat(options.userSig().get()).isEqualTo("sig " + (before + 1));
    }

    @Test
    void goesOnWithWhatItHasWhileTheBusinessSystemIsAway() {
        var options = options(SignedInUser.of(business, "alice", "password-1"));
        fake.away = true;
        assertThat(options.gateways().get()).containsExactly(FIRST, SECOND);
        assertThat(options.userSig().get()).isEqualTo("sig 1");
    }

    @Test
    void logsInAgainWhenTheUserSigHasExpired() {
        fake.validity = Duration.ZERO;
        var options = options(SignedInUser.of(business, "alice", "password-1"));
        assertThat(options.userSig().get()).isEqualTo("sig 2");
        fake.away = true;
        assertThatThrownBy(options.gateways()::get).isInstanceOf(RequestFailedException.class);
    }

    @Test
    void mayBeKeptToOneNode() {
        var user = SignedInUser.of(business, "alice", "password-1").on("node-2");
        assertThat(options(user).gateways().get()).containsExactly(SECOND);
    }
}
