package im.magpie.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.check.Checker;
import im.magpie.e2e.check.Verdict;
import im.magpie.e2e.fault.Fault;
import im.magpie.e2e.fault.Schedule;
import im.magpie.e2e.fault.Schedule.Planned;
import im.magpie.e2e.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checker finds out about builds that lack what a promise rests on, each within one short run, and says nothing against the sound one where the same breaks.
 * Takes some minutes: {@code ./im test --cluster -Dit.test=BrokenBuildsIT}.
 */
@EnabledIfSystemProperty(named = "magpie.system", matches = "cluster")
class BrokenBuildsIT {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenBuildsIT.class);

    private static final Path FOLDER = Path.of("target", "e2e", "broken");
    private static final Path MODULES = Path.of("..");
    private static final long SEED = 1;
    private static final Duration LENGTH = Duration.ofSeconds(30);

    /** What the broker has not confirmed never reaches it, and nobody is left who remembers it. */
    private static final Schedule UNCONFIRMED = new Schedule(List.of(
            planned(2.0, new Fault.Drop("rabbitmq", seconds(6))),
            planned(5.0, new Fault.Kill("im-service-1", Duration.ZERO)),
            planned(15.0, new Fault.Flush("redis"))));

    /** Answers are lost, so that everybody offers again what was taken. */
    private static final Schedule UNANSWERED = new Schedule(IntStream.range(0, 4)
            .boxed()
            .flatMap(round -> Stream.of("im-tcp-1", "im-tcp-2")
                    .map(gateway -> planned(2 + 6.0 * round, new Fault.Drop(gateway, seconds(2)))))
            .toList());

    /** Redis forgets messages that are acknowledged and that the database does not have yet. */
    private static final Schedule UNCOMMITTED = new Schedule(IntStream.range(0, 3)
            .boxed()
            .flatMap(round -> Stream.of(
                    planned(2 + 9.0 * round, new Fault.Block("mariadb", seconds(5))),
                    planned(6 + 9.0 * round, new Fault.Flush("redis"))))
            .toList());

    @Test
    void anAcknowledgementBeforeTheConfirmIsFound() throws IOException {
        var verdict = performed(BrokenBuild.ACKNOWLEDGES_BEFORE_THE_CONFIRM, UNCONFIRMED);

        assertThat(verdict.counts()).containsKey("NothingLost");
    }

    @Test
    void aResendThatIsTakenForANewMessageIsFound() throws IOException {
        var verdict = performed(BrokenBuild.KNOWS_NO_RESENDS, UNANSWERED);

        assertThat(verdict.counts()).containsKey("OneCopy");
    }

    @Test
    void anEpochThatIsNotComparedIsFound() throws IOException {
        var verdict = performed(BrokenBuild.KNOWS_NO_EPOCHS, UNCOMMITTED);

        assertThat(verdict.counts()).containsKey("NothingLost");
    }

    @Test
    void aGroupThatEverybodyReadsIsFound() throws IOException {
        var verdict = performed(BrokenBuild.KNOWS_NO_EXTENTS, UNANSWERED);

        assertThat(verdict.counts()).containsKey("MayRead");
    }

    @Test
    void theSoundBuildKeepsItsPromises() {
        for (var verdict : performed(MODULES, List.of(UNCONFIRMED, UNANSWERED, UNCOMMITTED))) {
            assertThat(verdict.violations()).as("%s", verdict).isEmpty();
        }
    }

    private static Verdict performed(BrokenBuild build, Schedule schedule) throws IOException {
        var modules = build.in(Files.createDirectories(FOLDER), MODULES);
        var verdict = performed(modules, List.of(schedule)).getFirst();
        LOG.info("{}: {}", build, verdict.counts());
        return verdict;
    }

    private static List<Verdict> performed(Path modules, List<Schedule> schedules) {
        var jar = Path.of(Objects.requireNonNull(System.getProperty("magpie.cluster.jar"), "magpie.cluster.jar"));
        try (var theatre = Theatre.open(FOLDER.resolve("data"), modules, jar, LOG::info)) {
            theatre.start(Boolean.getBoolean("magpie.install"), SEED);
            var verdicts = schedules.stream()
                    .map(schedule -> Checker.check(History.read(theatre.perform(SEED, schedule, LENGTH))))
                    .toList();
            theatre.tidy();
            return verdicts;
        }
    }

    private static Planned planned(double second, Fault fault) {
        return new Planned(Duration.ofMillis((long) (second * 1_000)), fault);
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
