package im.magpie.appbusiness.signin;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.appbusiness.testing.BusinessSystem;
import im.magpie.appbusiness.testing.BusinessSystem.Answer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Magpie does not answer, or not as it should. */
class MagpieAwayTest {

    @RegisterExtension
    static final BusinessSystem SYSTEM = new BusinessSystem();

    private static final String PASSWORD = "correct horse";

    private String name = "";

    @BeforeEach
    void choose() {
        name = SYSTEM.newName();
    }

    @Test
    void aRegistrationStandsAndTheImportIsMadeUpForAtLogin() {
        var registered = SYSTEM.magpie().awayDuring(() -> SYSTEM.register(name, PASSWORD));
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().path("gateways")).isEmpty();
        assertThat(SYSTEM.magpie().imports()).isEmpty();

        assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);

        assertThat(SYSTEM.magpie().onlyImport().path()).isEqualTo("/v1/users/" + name);
        assertThat(SYSTEM.magpie().onlyImport().body()).isEqualTo("{\"nickname\":\"" + name + "\"}");
    }

    @Test
    void aLoginSaysThatItIsNotTheUsersFault() {
        SYSTEM.register(name, PASSWORD);

        assertUnavailable(SYSTEM.magpie().awayDuring(() -> SYSTEM.login(name, PASSWORD)));

        assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500, 503})
    void aRefusedImportIsTriedAgain(int status) {
        SYSTEM.magpie().refuse(status);
        assertThat(SYSTEM.register(name, PASSWORD).status()).isEqualTo(201);
        assertUnavailable(SYSTEM.login(name, PASSWORD));
        SYSTEM.magpie().refuse(0);

        assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);
        SYSTEM.login(name, PASSWORD);

        assertThat(SYSTEM.magpie().imports()).hasSize(3);
    }

    @Test
    void nobodyWaitsLongForAMagpieThatHangs() {
        SYSTEM.magpie().hang();
        var begun = System.nanoTime();

        assertThat(SYSTEM.register(name, PASSWORD).status()).isEqualTo(201);
        assertUnavailable(SYSTEM.login(name, PASSWORD));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void theAttemptsOfAUserWhoKnowsThePasswordAreNotUsedUp() {
        SYSTEM.register(name, PASSWORD);
        SYSTEM.magpie().refuse(503);
        for (int attempt = 0; attempt <= BusinessSystem.ATTEMPTS; attempt++) {
            assertUnavailable(SYSTEM.login(name, PASSWORD));
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("CHAT_UNAVAILABLE");
    }
}
