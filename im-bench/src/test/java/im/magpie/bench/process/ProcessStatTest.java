package im.magpie.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessStatTest {

    private static final String BEHIND_THE_NAME =
            " S 22701 23190 23190 0 -1 4194560 97000 0 13 0 1234 56 7 8 20 0 90 0 170000 3188117504 97705"
                    + " 18446744073709551615";

    @Test
    void readsWhoseItIsAndWhatItHasSpent() {
        var stat = ProcessStat.parse("23190 (java)" + BEHIND_THE_NAME);

        assertThat(stat).isEqualTo(new ProcessStat(23190, 22701, "java", 'S', (1234 + 56 + 7 + 8) * 10_000_000L));
        assertThat(stat.works()).isTrue();
    }

    @Test
    void aProgramMayHaveAnyName() {
        assertThat(ProcessStat.parse("7 (a (b) c) d)" + BEHIND_THE_NAME).name()).isEqualTo("a (b) c) d");
    }

    @Test
    void whatIsDeadButForItsEntryDoesNotWork() {
        assertThat(ProcessStat.parse("7 (java)" + BEHIND_THE_NAME.replaceFirst("S", "Z"))
                        .works())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoSuchLine() {
        for (var line : new String[] {"", "7 java S 1", "7 (java) S 1 2 3"}) {
            assertThatThrownBy(() -> ProcessStat.parse(line)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
