package im.magpie.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import im.magpie.common.partition.Partitions;
import im.magpie.common.partition.PartitionsProperties;
import im.magpie.service.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeploymentTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final DeploymentMapper table = DATABASE.mapper(DeploymentMapper.class);
    private final DeploymentConfiguration deployment = new DeploymentConfiguration();
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void theFirstStartDecides() {
        assertThat(start(8, 4, 2)).isEqualTo(new Partitions(8, 4, 2));
        assertThat(start(8, 4, 2)).isEqualTo(new Partitions(8, 4, 2));
    }

    @Test
    void aStartWithOtherNumbersIsRefused() {
        start(8, 4, 2);

        assertThatIllegalStateException()
                .isThrownBy(() -> start(8, 5, 2))
                .withMessageContaining("im.partitions")
                .withMessageContaining("conversations=8, users=5, store-queues=2")
                .withMessageContaining("conversations=8, users=4, store-queues=2");
        assertThat(start(8, 4, 2)).isEqualTo(new Partitions(8, 4, 2));
    }

    @Test
    void oneOfEachByDefault() {
        runner.run(context ->
                assertThat(context.getBean(PartitionsProperties.class)).isEqualTo(new PartitionsProperties(1, 1, 1)));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.partitions.conversations=9", "im.partitions.users=8", "im.partitions.store-queues=7")
                .run(context -> assertThat(context.getBean(PartitionsProperties.class))
                        .isEqualTo(new PartitionsProperties(9, 8, 7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversations=0", "users=0", "users=16385", "store-queues=0"})
    void whatMakesNoSenseIsRefused(String setting) {
        runner.withPropertyValues("im.partitions." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    private Partitions start(int conversations, int users, int storeQueues) {
        return deployment.partitions(new PartitionsProperties(conversations, users, storeQueues), table);
    }

    @EnableConfigurationProperties(PartitionsProperties.class)
    static class Settings {}
}
