package im.magpie.common.broker;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The broker, set alike for every service.
 *
 * @param addresses {@code host:port}, several ones separated by commas
 * @param username who may declare, write and read in the virtual host
 * @param password of that user
 * @param virtualHost where Magpie's exchanges and queues are
 * @param replicatedQueues whether the brokers are a cluster that keeps copies of the store queues; fixed at the first start
 */
@Validated
@ConfigurationProperties("im.broker")
public record BrokerSettings(
        @NotBlank(message = "must be set, to host:port") String addresses,
        @NotBlank(message = "must be set") String username,
        @NotBlank(message = "must be set") String password,
        @DefaultValue("im") @NotBlank String virtualHost,
        @DefaultValue("false") boolean replicatedQueues) {

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerSettings[%s, %s, %s, replicatedQueues=%s]"
                .formatted(addresses, username, virtualHost, replicatedQueues);
    }
}
