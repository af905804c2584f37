package im.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    private final Timeline timeline = new Timeline(4, 2);

    @Test
    void takesEachMessageOnce() {
        assertThat(timeline.take(1, 4, 0)).isTrue();
        assertThat(timeline.take(1, 4, 0)).isFalse();
        assertThat(timeline.take(3, 5, 0)).isTrue();
        assertThat(timeline.take(3, 5, 0)).isFalse();
        assertThat(timeline.gap()).isTrue();
        assertThat(timeline.position()).isEqualTo(1);
        assertThat(timeline.take(2, 4, 1)).isTrue();
        assertThat(timeline.gap()).isFalse();
        assertThat(timeline.position()).isEqualTo(3);
        assertThat(timeline.messages()).isEqualTo(3);
    }

    @Test
    void noticesWhatIsOutOfOrderOrMissing() {
        assertThatThrownBy(() -> timeline.take(1, 4, 1))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("message 1 of sender 4, and not 0");
        var other = new Timeline(0, 1);
        other.take(2, 0, 0);
        assertThatThrownBy(() -> other.take(1, 0, 1)).isInstanceOf(MeasurementException.class);
    }

    @Test
    void beginsWhereTheConversationIsAndPassesOverWhatIsNobodys() {
        timeline.begin(10);

        assertThat(timeline.take(10, 4, 0)).isFalse();
        assertThat(timeline.take(12, 4, 0)).isTrue();
        assertThat(timeline.take(11, Timeline.NO_SENDER, 0)).isTrue();
        assertThat(timeline.position()).isEqualTo(12);
        assertThat(timeline.messages()).isEqualTo(1);
    }

    @Test
    void whatAPullCoversIsNoGap() {
        timeline.take(5, 4, 0);
        timeline.take(7, 4, 1);
        timeline.cover(6);

        assertThat(timeline.position()).isEqualTo(7);
        assertThat(timeline.gap()).isFalse();
        assertThat(timeline.messages()).isEqualTo(2);
    }

    @Test
    void whatComesMuchTooEarlyIsAskedForLater() {
        assertThat(timeline.take(5_000, 4, 0)).isFalse();
        assertThat(timeline.gap()).isTrue();
        assertThat(timeline.messages()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyOrderOfArrivalComesToTheSame(long seed) {
        var sequences = new ArrayList<Integer>();
        for (var i = 1; i <= 900; i++) {
            sequences.add(i);
        }
        Collections.shuffle(sequences, new Random(seed));

        for (var sequence : sequences) {
            assertThat(timeline.take(sequence, 4 + sequence % 2, (sequence - 1) / 2))
                    .isTrue();
        }

        assertThat(timeline.position()).isEqualTo(900);
        assertThat(timeline.messages()).isEqualTo(900);
    }
}
