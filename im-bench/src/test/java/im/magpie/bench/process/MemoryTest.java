package im.magpie.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void readsWhatAProcessHoldsAndHasHeld() {
        var memory = Memory.parse("Name:\tjava\nVmHWM:\t  400000 kB\nVmRSS:\t  300000 kB\nThreads:\t9\n");

        assertThat(memory).isEqualTo(new Memory(300_000L * 1_024, 400_000L * 1_024));
    }

    @Test
    void everybodyHoldsSomething() {
        var own = Memory.of(ProcessHandle.current().pid());

        assertThat(own.resident()).isGreaterThan(10_000_000);
        assertThat(own.peak()).isGreaterThanOrEqualTo(own.resident() / 2);
    }

    @Test
    void whoHasEndedHoldsNothing() throws Exception {
        var process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThatThrownBy(() -> Memory.of(process.pid())).isInstanceOf(MeasurementException.class);
    }
}
