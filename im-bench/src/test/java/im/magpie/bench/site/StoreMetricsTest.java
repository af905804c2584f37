package im.magpie.bench.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreMetricsTest {

    @Test
    void countsWhatIsCommittedAndNothingElse() {
        var page = """
            # TYPE magpie_store_messages_total counter
            magpie_store_messages_total{application="im-message-store",outcome="committed"} 31461.0
            magpie_store_messages_total{application="im-message-store",outcome="stale"} 5.0
            magpie_store_messages_total{outcome="committed",application="other"} 1.0E3
            """;

        assertThat(StoreMetrics.committed(page)).isEqualTo(32_461);
        assertThat(StoreMetrics.committed("")).isZero();
    }
}
