package im.magpie.common.application;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a service is called by the others, over Dubbo's Triple protocol. Not for the public.
 *
 * @param host the address that others are told; none is the first of the machine that is not its loopback
 * @param port -1 for any free one: callers learn it from the registry
 */
@Validated
@ConfigurationProperties("im.rpc")
public record RpcSettings(
        @Nullable String host,
        @DefaultValue("-1") @Min(-1) @Max(65_535) int port) {}
