package im.magpie.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.common.database.MigrationInTurn;
import im.magpie.service.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MigrationInTurnTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path scripts;

    @Test
    void whoComesSecondWaitsFromBeforeTheBaselineOn() throws Exception {
        Files.writeString(scripts.resolve("V1__table.sql"), "CREATE TABLE made_once (id INT PRIMARY KEY)");
        var pause = new Pause(new CompletableFuture<>(), new CompletableFuture<>());
        var first = CompletableFuture.runAsync(() -> new MigrationInTurn().migrate(flyway(pause)));
        pause.reached().join();

        var second = CompletableFuture.runAsync(() -> new MigrationInTurn().migrate(flyway()));
        await().until(MigrationInTurnTest::somebodyWaitsForALock);
        pause.end().complete(null);

        first.join();
        second.join();
        assertThat(flyway().info().applied()).hasSize(2);
    }

    private static boolean somebodyWaitsForALock() throws SQLException {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement();
                var waiting = statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'")) {
            return waiting.next() && waiting.getInt(1) == 1;
        }
    }

    private Flyway flyway(Callback... callbacks) {
        return Flyway.configure()
                .dataSource(DATABASE.dataSource())
                .table("history_of_made_once")
                .locations("filesystem:" + scripts)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .callbacks(callbacks)
                .load();
    }

    /** Stops whoever is about to begin a history. */
    private record Pause(CompletableFuture<Void> reached, CompletableFuture<Void> end) implements Callback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_BASELINE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            reached.complete(null);
            end.join();
        }

        @Override
        public String getCallbackName() {
            return "pause";
        }
    }
}
