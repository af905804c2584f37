package im.magpie.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.fault.Schedule.Planned;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Stage STAGE = new Stage(
            List.of("im-tcp-1", "im-tcp-2", "im-service-1", "im-service-2", "im-message-store-1", "im-message-store-2"),
            List.of("mariadb", "rabbitmq", "redis", "nacos"),
            List.of("redis"),
            List.of("im-tcp-1", "im-tcp-2", "mariadb", "rabbitmq", "redis"));
    private static final Duration LONG = Duration.ofMinutes(30);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Schedule.of(7, LONG, STAGE)).isEqualTo(Schedule.of(7, LONG, STAGE));
        assertThat(Schedule.of(8, LONG, STAGE)).isNotEqualTo(Schedule.of(7, LONG, STAGE));
    }

    /** Whoever replays a seed next year wants what it meant this year. */
    @Test
    void isWhatItAlwaysWas() {
        var lines = Schedule.of(1, Duration.ofSeconds(40), STAGE).toString().lines();

        assertThat(lines.map(String::strip))
                .containsExactly(
                        "3.9 s  redis is killed, for 2.6 s, and comes back empty",
                        "7.5 s  the way to redis takes 42 to 235 ms longer, for 5.1 s",
                        "10.2 s  mariadb is killed, for 2.2 s",
                        "15.7 s  im-service-1 is killed, for 0.6 s",
                        "20.4 s  the connections to rabbitmq break",
                        "23.1 s  the way to redis loses everything, for 5.9 s",
                        "25.2 s  the connections to rabbitmq close by half, towards the client, for 0.5 s",
                        "26.5 s  mariadb stands still for 4.4 s",
                        "31.4 s  the way to mariadb is closed, for 1.2 s",
                        "34.4 s  redis forgets everything",
                        "39.3 s  mariadb is stopped, for 0.5 s");
    }

    @Test
    void hasEveryKindOfFault() {
        var kinds = Schedule.of(1, LONG, STAGE).faults().stream()
                .map(planned -> planned.fault().kind())
                .collect(Collectors.toSet());

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "kill",
                        "freeze",
                        "restart",
                        "flush",
                        "wipe",
                        "delay",
                        "drop",
                        "cut",
                        "half-close",
                        "block",
                        "skew");
    }

    @Test
    void reachesEveryTarget() {
        var things = Schedule.of(1, LONG, STAGE).faults().stream()
                .map(planned -> thing(planned.fault()))
                .collect(Collectors.toSet());

        assertThat(things)
                .containsAll(STAGE.processes())
                .containsAll(STAGE.servers())
                .containsAll(
                        STAGE.links().stream().map(link -> "the way to " + link).toList());
    }

    @Test
    void keepsBusyAndToItsLength() {
        for (var seed = 0L; seed < 50; seed++) {
            var faults = Schedule.of(seed, Duration.ofMinutes(3), STAGE).faults();

            assertThat(faults.size()).as("seed %d", seed).isBetween(35, 75);
            assertThat(faults)
                    .as("seed %d", seed)
                    .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()))
                    .allMatch(planned -> end(planned).compareTo(Duration.ofMinutes(3)) <= 0);
        }
    }

    @Test
    void breaksNothingThatIsNotWhole() {
        for (var seed = 0L; seed < 50; seed++) {
            Map<String, Duration> until = new HashMap<>();
            for (var planned : Schedule.of(seed, LONG, STAGE).faults()) {
                var before = until.put(thing(planned.fault()), end(planned));

                assertThat(before == null ? Duration.ZERO : before)
                        .as("seed %d: %s", seed, planned)
                        .isLessThanOrEqualTo(planned.at());
            }
        }
    }

    @Test
    void startsOneJvmAtATime() {
        for (var seed = 0L; seed < 50; seed++) {
            var heavy = Schedule.of(seed, LONG, STAGE).faults().stream()
                    .filter(planned -> STAGE.processes().contains(thing(planned.fault())))
                    .filter(planned -> !(planned.fault() instanceof Fault.Freeze))
                    .toList();

            for (var i = 1; i < heavy.size(); i++) {
                assertThat(heavy.get(i).at())
                        .as("seed %d: %s", seed, heavy.get(i))
                        .isGreaterThan(end(heavy.get(i - 1)).plusSeconds(20));
            }
        }
    }

    @Test
    void leavesOutWhatThereIsNot() {
        var stage = new Stage(STAGE.processes(), STAGE.servers(), List.of(), List.of());

        assertThat(Schedule.of(1, LONG, stage).faults())
                .isNotEmpty()
                .allMatch(planned -> Stream.concat(stage.processes().stream(), stage.servers().stream())
                        .anyMatch(planned.fault().target()::equals));
    }

    private static String thing(Fault fault) {
        return (fault instanceof Fault.OfLink ? "the way to " : "") + fault.target();
    }

    private static Duration end(Planned planned) {
        return planned.at().plus(planned.fault().lasts());
    }
}
