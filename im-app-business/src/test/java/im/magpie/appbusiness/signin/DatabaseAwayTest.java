package im.magpie.appbusiness.signin;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.appbusiness.testing.BusinessSystem;
import im.magpie.appbusiness.testing.BusinessSystem.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseAwayTest {

    @RegisterExtension
    static final BusinessSystem SYSTEM = new BusinessSystem();

    private static final String PASSWORD = "correct horse";

    @Test
    void isNeitherTheUsersFaultNorAnAttempt() {
        var name = SYSTEM.newName();
        SYSTEM.register(name, PASSWORD);

        var answers = SYSTEM.withoutDatabase(() -> {
            var logins = IntStream.range(0, BusinessSystem.ATTEMPTS)
                    .mapToObj(_ -> SYSTEM.login(name, PASSWORD))
                    .toList();
            return List.of(SYSTEM.register(SYSTEM.newName(), PASSWORD), logins.getFirst(), logins.getLast());
        });

        assertThat(answers).extracting(Answer::status).containsOnly(503);
        assertThat(answers).extracting(Answer::code).containsOnly("ACCOUNTS_UNAVAILABLE");
        assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);
    }
}
