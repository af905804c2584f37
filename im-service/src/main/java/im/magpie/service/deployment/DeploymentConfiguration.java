package im.magpie.service.deployment;

import im.magpie.common.partition.Partitions;
import im.magpie.common.partition.PartitionsProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the partitions to all who ask, after comparing them with those of the first start: nobody gets to see others. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PartitionsProperties.class)
class DeploymentConfiguration {

    @Bean
    Partitions partitions(PartitionsProperties properties, DeploymentMapper deployment) {
        var configured = properties.toPartitions();
        deployment.insertIfAbsent(configured);
        var first = deployment.find();
        if (!first.equals(configured)) {
            throw new IllegalStateException(
                    "im.partitions.* says %s, but this deployment was first started with %s, and what it holds "
                                    .formatted(describe(configured), describe(first))
                            + "could not be found any more: put the first numbers back");
        }
        return configured;
    }

    private static String describe(Partitions partitions) {
        return "conversations=%d, users=%d, store-queues=%d"
                .formatted(partitions.conversations(), partitions.users(), partitions.storeQueues());
    }
}
