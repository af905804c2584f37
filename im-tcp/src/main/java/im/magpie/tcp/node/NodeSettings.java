package im.magpie.tcp.node;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node begins and ends.
 *
 * @param brokerPatience how long it waits for the broker at its start before it gives up
 * @param renewEvery how often it tells the registry of its load
 * @param goAwaySpread over how long its clients are sent away when it stops
 * @param goAwayLinger how long a client has to go by itself before its connection may be closed
 * @param drainPatience how long it waits for what is unacknowledged and unanswered when all are sent away
 */
public record NodeSettings(
        @DefaultValue("60s") @NotNull Duration brokerPatience,
        @DefaultValue("5s") @NotNull Duration renewEvery,
        @DefaultValue("2s") @NotNull Duration goAwaySpread,
        @DefaultValue("500ms") @NotNull Duration goAwayLinger,
        @DefaultValue("3s") @NotNull Duration drainPatience) {}
