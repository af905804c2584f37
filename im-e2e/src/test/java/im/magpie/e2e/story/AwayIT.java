package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.away.Away;
import im.magpie.e2e.away.Writers;
import im.magpie.e2e.metrics.MetricsPage;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@OnMagpie
class AwayIT {

    private static final Logger LOG = LoggerFactory.getLogger(AwayIT.class);
    private static final int CONVERSATIONS = 200;
    private static final int MESSAGES_OF_EACH = 250;

    @TempDir
    Path folder;

    @Test
    void fiftyThousandMessagesComeInOrderToADeviceWithLittleMemory(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var desk = new Away(system, alice, folder);
        try (var writers = new Writers(system, alice, CONVERSATIONS)) {
            writers.write(1);
            LOG.info(desk.catchesUp(CONVERSATIONS));

            writers.write(MESSAGES_OF_EACH);

            LOG.info("{} MB of heap are in use at the server", serverHeap(system));
            var told = desk.catchesUp(CONVERSATIONS * MESSAGES_OF_EACH);
            LOG.info("{}; {} MB at the server", told, serverHeap(system));
            assertThat(told).startsWith("50000 messages of 200 conversations");
            assertThat(desk.catchesUp(0)).startsWith("0 messages of 200 conversations");
        }
    }

    /** A cluster has no one page of metrics, and its processes no one heap. */
    private static long serverHeap(MagpieSystem system) {
        return MagpieSystem.isCluster()
                ? 0
                : Math.round(MetricsPage.of(system.addresses().management())
                                .sum("jvm_memory_used_bytes", "area", "heap", "application", "im-service")
                        / 1e6);
    }
}
