package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import im.magpie.client.RequestFailedException;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Tokens;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@OnMagpie
class SignInIT {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void onlyAUserSigThatTheAppHasSignedForThisUserLetsIn(People people, MagpieSystem system) {
        var secret = system.secret("app");
        var alice = people.person("alice");
        var bob = people.person("bob");
        var foreignSecret = "x".repeat(secret.length());

        assertThat(refusalOf(alice, "not-a-token")).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusalOf(alice, Tokens.userSig(foreignSecret, Tokens.APP, alice.userId(), HOUR)))
                .isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusalOf(alice, Tokens.unsigned(Tokens.APP, alice.userId())))
                .isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusalOf(alice, bob.userSig())).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusalOf(alice, Tokens.userSig(secret, "another-app", alice.userId(), HOUR)))
                .isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusalOf(alice, Tokens.admin(secret))).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusalOf(alice, Tokens.userSig(secret, Tokens.APP, alice.userId(), HOUR.negated())))
                .isEqualTo(ErrorCode.USER_SIG_EXPIRED);
    }

    @Test
    void anAppOrAUserThatIsUnknownIsNotLetIn(People people, MagpieSystem system) {
        var secret = system.secret("app");
        var alice = people.person("alice");
        var stranger = "stranger-of-" + alice.userId();

        assertThat(refusal(people.logInWith("no-such-app", alice.userId(), alice.userSig())))
                .isEqualTo(ErrorCode.UNKNOWN_APP);
        assertThat(refusal(people.logInWith(Tokens.APP, stranger, Tokens.userSig(secret, Tokens.APP, stranger, HOUR))))
                .isEqualTo(ErrorCode.UNKNOWN_USER);
    }

    @Test
    void aDisabledUserIsTurnedOutAndStaysOut(People people) {
        var alice = people.person("alice");
        var phone = alice.signIn("phone");

        alice.isDisabled();

        assertThat(phone.awaitKick()).isEqualTo(KickReason.DISABLED);
        assertThat(refusalOf(alice, alice.userSig())).isEqualTo(ErrorCode.USER_DISABLED);
    }

    @Test
    void aDeviceThatLogsInAnewOnAnotherGatewayEndsItsFirstSession(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var first = alice.signIn("phone", 1);
        var second = alice.signIn("phone", 2);

        assertThat(first.awaitKick()).isEqualTo(KickReason.SUPERSEDED);
        bob.signIn("laptop").says(alice, "which phone?");
        second.awaitTexts(bob, "which phone?");
        assertThat(first.timeline(bob)).isEmpty();
    }

    private static ErrorCode refusalOf(Person person, String userSig) {
        return refusal(person.logInWith(userSig));
    }

    private static ErrorCode refusal(CompletableFuture<Void> login) {
        var why = catchThrowableOfType(RequestFailedException.class, () -> People.outcome(login));
        return why.code();
    }
}
