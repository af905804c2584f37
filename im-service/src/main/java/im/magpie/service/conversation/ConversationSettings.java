package im.magpie.service.conversation;

import im.magpie.common.partition.Partitions;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of the conversations in Redis.
 *
 * @param maxUncommitted how many accepted messages of a store queue may wait to be committed, before others hear BUSY
 */
@Validated
@ConfigurationProperties("im.service")
public record ConversationSettings(
        @Min(1) @DefaultValue("50000") int maxUncommitted) {

    /** Returns the bound of one partition: those that share a store queue share its bound evenly. */
    long maxUncommittedOf(Partitions partitions) {
        var sharers = Math.ceilDiv(partitions.conversations(), partitions.storeQueues());
        return Math.max(1, maxUncommitted / sharers);
    }
}
