package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionTest {

    @Test
    void everyKeyCarriesTheTag() {
        var partition = Partition.ofConversations(17);
        assertThat(partition.tag()).isEqualTo("{c:17}");
        assertThat(partition.epochKey()).isEqualTo("{c:17}:epoch");
        assertThat(partition.key(5, "head")).isEqualTo("{c:17}:5:head");
        assertThat(Partition.ofUsers(17).tag()).isEqualTo("{u:17}");
    }
}
