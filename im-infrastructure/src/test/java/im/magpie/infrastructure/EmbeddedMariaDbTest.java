package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedMariaDbTest {

    @TempDir
    static Path folder;

    private static DataDirectory data;
    private static EmbeddedMariaDb database;

    @BeforeAll
    static void start() {
        data = Shared.open(folder.resolve("data"));
        database = new EmbeddedMariaDb(
                data,
                List.of("--max-allowed-packet=2M"),
                List.of("CREATE USER IF NOT EXISTS guest@127.0.0.1 IDENTIFIED BY 'welcome'"));
        database.start();
    }

    @AfterAll
    static void stop() {
        database.close();
        data.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"magpie_service", "magpie_store", "magpie_app"})
    void hasTheServicesDatabases(String name) throws SQLException {
        assertThat(query(name, "SELECT CONCAT(DATABASE(), ' ', @@character_set_database)"))
                .isEqualTo(name + " utf8mb4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@@innodb_flush_log_at_trx_commit = 1", "@@bind_address = '127.0.0.1'", "@@socket = ''"})
    void isDurableAndClosedToTheOutside(String expectation) throws SQLException {
        assertThat(query("magpie_service", "SELECT " + expectation)).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "magpie", "mariadb.sys", ""})
    void refusesWhoDoesNotKnowThePassword(String user) {
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl("magpie_service"), user, ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied");
    }

    @Test
    void takesFurtherOptionsAndStatements() throws SQLException {
        assertThat(query("magpie_service", "SELECT @@max_allowed_packet")).isEqualTo("2097152");
        var server = database.jdbcUrl("");
        assertThatCode(() ->
                        DriverManager.getConnection(server, "guest", "welcome").close())
                .doesNotThrowAnyException();
    }

    @Test
    void keepsWhatIsCommittedOverAKillAndCharactersBeyondTheBasicPlane() throws SQLException {
        update("CREATE TABLE kept (text VARCHAR(20))");
        update("INSERT INTO kept VALUES ('🐦 喜鹊')");
        var address = database.address();

        database.kill();
        database.start();

        assertThat(database.address()).isEqualTo(address);
        assertThat(query("magpie_store", "SELECT text FROM kept")).isEqualTo("🐦 喜鹊");
    }

    private static String query(String name, String sql) throws SQLException {
        try (var connection = connect(name);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void update(String sql) throws SQLException {
        try (var connection = connect("magpie_store");
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static Connection connect(String name) throws SQLException {
        var credentials = database.address().credentials();
        return DriverManager.getConnection(database.jdbcUrl(name), credentials.user(), credentials.password());
    }
}
