package im.magpie.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.database.MigrationInTurn;
import im.magpie.service.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MigrationInTurnTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path scripts;

    @RepeatedTest(5)
    void processesThatBeginTogetherWithASchemaOfSomebodyElseAllGoOn(RepetitionInfo repetition) throws Exception {
        var name = "together_" + repetition.getCurrentRepetition();
        Files.writeString(scripts.resolve("V1__table.sql"), "CREATE TABLE %s (id INT PRIMARY KEY)".formatted(name));

        var processes = Stream.generate(() -> CompletableFuture.runAsync(() -> begin(name)))
                .limit(4)
                .toList();

        processes.forEach(CompletableFuture::join);
        assertThat(flyway(name).info().applied()).hasSize(2);
    }

    private void begin(String name) {
        new MigrationInTurn().migrate(flyway(name));
    }

    private Flyway flyway(String name) {
        return Flyway.configure()
                .dataSource(DATABASE.dataSource())
                .table("history_of_" + name)
                .locations("filesystem:" + scripts)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }
}
