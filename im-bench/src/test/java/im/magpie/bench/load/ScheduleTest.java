package im.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void messagesAreDueEvenly() {
        var schedule = new Schedule(1_000, 4_000);

        assertThat(schedule.due(0)).isEqualTo(1_000);
        assertThat(schedule.due(1)).isEqualTo(251_000);
        assertThat(schedule.due(4_000)).isEqualTo(1_000_001_000);
    }

    @Test
    void aRateThatDividesNothingDriftsNowhere() {
        var schedule = new Schedule(0, 3);

        assertThat(schedule.due(1)).isEqualTo(333_333_333);
        assertThat(schedule.due(3_000_000)).isEqualTo(1_000_000L * 1_000_000_000);
    }
}
