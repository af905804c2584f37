package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {

    private final Ticks ticks = new Ticks();

    @Test
    void tellsEveryStepOnce() {
        assertThat(ticks.sent(1, "a")).isEqualTo("✓ a");
        assertThat(ticks.raise(1, 0)).containsExactly("✓✓ a");
        assertThat(ticks.raise(1, 0)).isEmpty();
        assertThat(ticks.raise(1, 1)).containsExactly("✓✓ read: a");
        assertThat(ticks.raise(1, 1)).isEmpty();
        assertThat(ticks.raise(0, 0)).isEmpty();
    }

    @Test
    void whatIsReadNeedNotBeCalledDeliveredToo() {
        ticks.sent(1, "a");
        ticks.sent(2, "b");
        assertThat(ticks.raise(2, 1)).containsExactly("✓✓ read: a", "✓✓ b");
    }

    @Test
    void anAcknowledgementMayComeLast() {
        ticks.raise(2, 1);
        assertThat(ticks.sent(1, "a")).isEqualTo("✓✓ read: a");
        assertThat(ticks.sent(2, "b")).isEqualTo("✓✓ b");
        assertThat(ticks.sent(3, "c")).isEqualTo("✓ c");
    }

    @Test
    void countsMany() {
        for (var i = 1; i <= 4; i++) {
            ticks.sent(i, "text " + i);
        }
        assertThat(ticks.raise(4, 0)).containsExactly("✓✓ 4 messages");
    }
}
