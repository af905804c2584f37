package im.magpie.tcp.transport;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a node listens.
 *
 * @param address the address that its ports are bound to
 * @param tcpPort the port for frames over TCP; 0 for any
 * @param webSocketPort the port for WebSocket; 0 for any
 * @param allowedOrigins the origins of web pages that may connect, {@code *} for all; clients that are no browsers name
 *     none and always may
 * @param tls what both ports speak TLS with; without it they don't
 * @param eventLoops how many threads serve connections; 0 for one a processor
 * @param maxConnections how many connections are taken; more are closed at once
 */
public record ListenSettings(
        @DefaultValue("0.0.0.0") @NotBlank String address,
        @DefaultValue("7300") @Min(0) @Max(65535) int tcpPort,
        @DefaultValue("7301") @Min(0) @Max(65535) int webSocketPort,
        @DefaultValue @NotNull List<@NotBlank String> allowedOrigins,
        @NestedConfigurationProperty @Valid @Nullable TlsSettings tls,
        @DefaultValue("0") @PositiveOrZero int eventLoops,
        @DefaultValue("100000") @Positive int maxConnections) {

    int eventLoopThreads() {
        return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
    }
}
