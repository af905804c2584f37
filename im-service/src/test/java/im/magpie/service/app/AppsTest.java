package im.magpie.service.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final AppMapper table = DATABASE.mapper(AppMapper.class);
    private final AtomicLong nanos = new AtomicLong();
    private final Apps apps = new Apps(table, nanos::get);

    @BeforeEach
    void acmeIsThere() {
        table.insertIfAbsent(TestApps.ACME);
    }

    @Test
    void findsAnApp() {
        assertThat(apps.require("acme")).isEqualTo(TestApps.ACME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "ACME", "", "no such id", "a-name-that-is-too-long-for-an-app-id"})
    void knowsNoOthers(String id) {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> apps.require(id))
                .returns(ErrorCode.UNKNOWN_APP, MagpieException::code);
    }

    @Test
    void findsANewAppAtOnce() {
        assertThatExceptionOfType(MagpieException.class).isThrownBy(() -> apps.require("other"));

        table.insertIfAbsent(TestApps.OTHER);

        assertThat(apps.require("other")).isEqualTo(TestApps.OTHER);
    }

    @Test
    void asksTheDatabaseNowAndThen() throws Exception {
        apps.require("acme");
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE app SET name = 'Renamed'");
        }

        assertThat(apps.require("acme").name()).isEqualTo("Acme");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos() + 1);
        assertThat(apps.require("acme").name()).isEqualTo("Renamed");
    }

    @Test
    void logsNoSecret() {
        assertThat(TestApps.ACME.toString()).contains("acme").doesNotContain("secret");
    }
}
