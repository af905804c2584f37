package im.magpie.common.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Lets one process at a time bring a schema up to date; for services that import it. Flyway has a lock of its own, but takes it only behind the
 * baseline: of two processes that begin together with a schema of somebody else, the slower one would fail.
 */
public final class MigrationInTurn implements FlywayMigrationStrategy {

    private static final int PATIENCE_SECONDS = 120;

    /** @throws IllegalStateException when another process is at it for too long, or the database does not answer */
    @Override
    public void migrate(Flyway flyway) {
        var name = "magpie " + flyway.getConfiguration().getTable();
        try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
            lock(connection, name);
            try {
                flyway.migrate();
            } finally {
                run(connection, "SELECT RELEASE_LOCK(?)", name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the schema could not be brought up to date", e);
        }
    }

    private static void lock(Connection connection, String name) throws SQLException {
        if (!run(connection, "SELECT GET_LOCK(?, " + PATIENCE_SECONDS + ")", name)) {
            throw new IllegalStateException(
                    "another process has been bringing the schema up to date for %d s".formatted(PATIENCE_SECONDS));
        }
    }

    private static boolean run(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
