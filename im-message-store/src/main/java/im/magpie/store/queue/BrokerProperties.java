package im.magpie.store.queue;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The broker, set alike for every service.
 *
 * @param replicatedQueues whether the brokers are a cluster that keeps copies of the store queues
 */
@ConfigurationProperties("im.broker")
record BrokerProperties(@DefaultValue("false") boolean replicatedQueues) {}
