package im.magpie.appbusiness.signin;

import static im.magpie.appbusiness.testing.BusinessSystem.APP;
import static im.magpie.appbusiness.testing.BusinessSystem.ATTEMPTS;
import static im.magpie.appbusiness.testing.BusinessSystem.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.appbusiness.testing.BusinessSystem;
import im.magpie.appbusiness.testing.BusinessSystem.Answer;
import im.magpie.appbusiness.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoginTest {

    @RegisterExtension
    static final BusinessSystem SYSTEM = new BusinessSystem();

    private static final String PASSWORD = "correct horse";

    private String name = "";

    @BeforeEach
    void register() {
        name = SYSTEM.newName();
        assertThat(SYSTEM.register(name, PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void answersAUserSigAndTheGateways() {
        var answer = SYSTEM.login(name, PASSWORD);

        assertThat(answer.status()).isEqualTo(200);
        var now = SYSTEM.clock().instant();
        var claims = Tokens.verified(answer.json().path("userSig").asString(), SECRET, now);
        assertThat(claims.getSubject()).isEqualTo(name);
        assertThat(claims.get("app")).isEqualTo(APP);
        assertThat(claims.get("adm")).isNull();
        assertThat(claims.getExpiration().toInstant())
                .isEqualTo(Instant.parse(answer.json().path("expiresAt").asString()))
                .isEqualTo(now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(12)));
        assertThat(answer.json().path("gateways")).hasSize(2);
    }

    @Test
    void importsNobodyTwice() {
        SYSTEM.login(name, PASSWORD);
        SYSTEM.login(name, PASSWORD);

        assertThat(SYSTEM.magpie().imports()).hasSize(1);
    }

    @Test
    void doesNotTellWhetherThereIsSuchAUser() {
        var wrong = SYSTEM.login(name, "wrong horse");
        var unknown = SYSTEM.login(SYSTEM.newName(), "wrong horse");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("WRONG_CREDENTIALS");
        assertThat(unknown).isEqualTo(wrong);
        assertThat(SYSTEM.magpie().imports()).hasSize(1);
    }

    @Test
    void closesAUserIdAfterTooManyAttemptsWhetherThereIsSuchAUserOrNot() {
        for (var userId : new String[] {name, SYSTEM.newName()}) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                assertThat(SYSTEM.login(userId, "a guess").status()).isEqualTo(401);
            }

            assertClosed(SYSTEM.login(userId, "a guess"));
            assertClosed(SYSTEM.login(userId, PASSWORD));
        }
        assertThat(SYSTEM.login(SYSTEM.newName(), "a guess").status())
                .as("another user id")
                .isEqualTo(401);
    }

    @Test
    void opensItAgainInTimeHoweverOftenSomebodyTriesMeanwhile() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SYSTEM.login(name, "a guess");
        }
        for (int minute = 1; minute < 5; minute++) {
            SYSTEM.clock().advance(Duration.ofMinutes(1));
            assertClosed(SYSTEM.login(name, PASSWORD));
        }

        SYSTEM.clock().advance(Duration.ofMinutes(1));

        assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void countsAnewAfterTheRightPassword() {
        for (int round = 0; round < 3; round++) {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                assertThat(SYSTEM.login(name, "a guess").status()).isEqualTo(401);
            }
            assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void allowsNoMoreGuessesWhenTheyComeTogether() {
        var answers = SYSTEM.atOnce(20, () -> SYSTEM.login(name, "a guess"));

        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(ATTEMPTS);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(20 - ATTEMPTS);
    }

    @Test
    void knowsAUserByOneSpellingOnly() {
        for (var spelling : new String[] {name + " ", " " + name, name + "\u0000", "ｕ" + name.substring(1)}) {
            var answer = SYSTEM.login(spelling, PASSWORD);

            assertThat(answer.status()).as(spelling).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("INVALID_USER_ID");
        }
    }

    @Test
    void aPasswordThatNobodyCanHaveIsNamed() {
        for (var password : new String[] {"x".repeat(73), "鹊".repeat(25)}) {
            assertThat(SYSTEM.login(name, password).code()).isEqualTo("INVALID_PASSWORD");
        }
    }

    private static void assertClosed(Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("TOO_MANY_ATTEMPTS");
    }
}
