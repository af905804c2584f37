package im.magpie.common.partition;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the deployment is divided: one partition of each kind on a single Redis, many on Redis Cluster. Fixed at the first start.
 *
 * @param conversations how many conversation partitions there are
 * @param users how many user partitions there are
 * @param storeQueues how many store queues the conversation partitions share; at most one each
 */
@Validated
@ConfigurationProperties("im.partitions")
public record PartitionsProperties(
        @DefaultValue("1") @Min(1) @Max(16_384) int conversations,
        @DefaultValue("1") @Min(1) @Max(16_384) int users,
        @DefaultValue("1") @Min(1) @Max(1_024) int storeQueues) {

    /** @throws IllegalArgumentException when there are more store queues than conversation partitions */
    public Partitions toPartitions() {
        return new Partitions(conversations, users, storeQueues);
    }
}
