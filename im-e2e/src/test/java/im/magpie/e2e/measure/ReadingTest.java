package im.magpie.e2e.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static Reading reading(double seconds, double cpu, double scripts) {
        return new Reading(seconds, Map.of("redis", cpu), Map.of(Costs.SCRIPTS, scripts));
    }

    @Test
    void whatGoesOnAllTheTimeIsNotTheMessages() {
        var idle = reading(20, 2, 40).since(reading(10, 1, 20));
        var spent = reading(50, 10, 280).since(reading(30, 2, 40)).without(idle);

        assertThat(spent.cpu().get("redis")).isEqualTo(6, within(1e-9));
        assertThat(spent.counts().get(Costs.SCRIPTS)).isEqualTo(200, within(1e-9));
    }

    @Test
    void aServerThatCameLaterHasSpentWhatItSays() {
        var before = new Reading(1, Map.of(), Map.of());

        assertThat(reading(2, 3, 4).since(before).cpu()).containsEntry("redis", 3.0);
    }

    @Test
    void loadsAreComparedByTheMessage() {
        var costs = new Costs();
        costs.add("private", 100, reading(10, 0.1, 100));
        costs.add("private, read", 100, reading(10, 0.3, 100));
        costs.add("group", 50, reading(10, 0.2, 100));
        var out = new ArrayList<String>();

        costs.print(out::add);

        assertThat(costs.ratio("group", List.of("private"))).isEqualTo(4, within(1e-9));
        assertThat(costs.ratio("group", List.of("private", "private, read"))).isEqualTo(2, within(1e-9));
        assertThat(out)
                .contains("| private | 0.00 | 1.00 | 0.00 | 0.00 | 0.00 | 1.00 | 0.00 |")
                .contains("| group | 0.00 | 4.00 | 0.00 | 0.00 | 0.00 | 4.00 | 0.00 |");
    }
}
