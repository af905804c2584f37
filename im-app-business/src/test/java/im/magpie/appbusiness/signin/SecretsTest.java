package im.magpie.appbusiness.signin;

import static im.magpie.appbusiness.testing.BusinessSystem.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import im.magpie.appbusiness.testing.BusinessSystem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Passwords, tokens and the app's secret are in no table and in no log, not even where somebody looks for a fault. */
class SecretsTest {

    @RegisterExtension
    static final BusinessSystem SYSTEM = new BusinessSystem();

    private static final String PASSWORD = "correct-horse-battery";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Logger> watched = List.of(logger("im.magpie"), logger("org.springframework"));

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void listen() {
        log.start();
        for (var logger : watched) {
            logger.setLevel(Level.DEBUG);
            logger.setAdditive(false);
            logger.addAppender(log);
        }
    }

    @AfterEach
    void stopListening() {
        for (var logger : watched) {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
    }

    private String logged() {
        var text = new StringBuilder();
        for (var event : List.copyOf(log.list)) {
            text.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return text.toString();
    }

    @Test
    void onlyABcryptHashIsStored() {
        var name = SYSTEM.newName();
        SYSTEM.register(name, PASSWORD);

        var row = SYSTEM.database()
                .sql("SELECT * FROM account WHERE user_id = ?")
                .param(name)
                .query()
                .singleRow();

        assertThat(row.get("password_hash")).asString().startsWith("$2");
        assertThat(row.values()).extracting(String::valueOf).noneMatch(value -> value.contains(PASSWORD));
    }

    @Test
    void nothingIsLoggedThatWouldLetSomebodyIn() {
        var name = SYSTEM.newName();
        var tokens = new ArrayList<String>();
        tokens.add(SYSTEM.register(name, PASSWORD).json().path("userSig").asString());
        tokens.add(SYSTEM.login(name, PASSWORD).json().path("userSig").asString());
        SYSTEM.login(name, PASSWORD + "-wrong");
        SYSTEM.register(name, PASSWORD);
        SYSTEM.magpie().awayDuring(() -> SYSTEM.login(name, PASSWORD));
        SYSTEM.magpie().refuse(401);
        SYSTEM.login(name, PASSWORD);
        SYSTEM.magpie()
                .calls()
                .forEach(call -> tokens.add(String.valueOf(call.authorization()).substring("Bearer ".length())));

        assertThat(logged()).contains("POST \"/v1/login\"").doesNotContain(PASSWORD, SECRET);
        assertThat(tokens).hasSizeGreaterThan(4).noneMatch(logged()::contains);
    }

    @Test
    void norIsWhatWasRefused() {
        var refused = PASSWORD.repeat(4);
        var answers = List.of(
                SYSTEM.register(SYSTEM.newName(), refused),
                SYSTEM.login(SYSTEM.newName(), refused),
                SYSTEM.post("/v1/login", "{\"userId\":\"alice\",\"password\":\"" + PASSWORD),
                SYSTEM.post("/v1/login", "{\"userId\":\"alice\",\"password\":[\"" + PASSWORD + "\"]}"),
                SYSTEM.post("/v1/login", "{\"password\":\"" + PASSWORD + "\",\"userId\":7,\"more\":\"x\"}"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isBetween(400, 401);
            assertThat(answer.text()).doesNotContain(PASSWORD);
        });
        assertThat(logged()).contains("POST \"/v1/login\"").doesNotContain(PASSWORD);
    }
}
