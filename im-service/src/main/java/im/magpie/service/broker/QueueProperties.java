package im.magpie.service.broker;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every service that declares a store queue has to agree on.
 *
 * @param replicatedQueues whether the brokers are a cluster that keeps copies of the store queues
 */
@ConfigurationProperties("im.broker")
public record QueueProperties(@DefaultValue("false") boolean replicatedQueues) {}
