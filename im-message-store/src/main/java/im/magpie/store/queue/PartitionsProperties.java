package im.magpie.store.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the deployment is divided, as far as this service needs to know it: set alike for every service, fixed at the first start.
 *
 * @param storeQueues how many store queues there are
 */
@Validated
@ConfigurationProperties("im.partitions")
record PartitionsProperties(
        @Min(1) @Max(1_024) @DefaultValue("1") int storeQueues) {}
