package im.magpie.tcp.node;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node begins, and how it makes itself known.
 *
 * @param brokerPatience how long it waits for the broker at its start before it gives up
 * @param renewEvery how often it tells the registry of its load
 */
public record NodeSettings(
        @DefaultValue("60s") @NotNull Duration brokerPatience,
        @DefaultValue("5s") @NotNull Duration renewEvery) {}
