package im.magpie.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

    private static final long OWN = ProcessHandle.current().pid();

    @Test
    void readsTheLimitThatCounts() {
        var rows = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             95000                95000                processes
            Max open files            %s                 20000                files
            """;

        assertThat(OpenFiles.limit(rows.formatted("1024"))).isEqualTo(1_024);
        assertThat(OpenFiles.limit(rows.formatted("unlimited"))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysWhatToDoWhereTheLimitIsTooLow() {
        assertThatCode(() -> OpenFiles.require("we", OWN, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> OpenFiles.require("we", OWN, 2_000_000_000))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("2,000,000,000 connections")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void countsWhatIsOpen() {
        assertThat(OpenFiles.of(OWN)).isPositive();
    }
}
