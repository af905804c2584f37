package im.magpie.common.tracing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether single messages are followed through the services.
 *
 * @param endpoint where spans go, by OTLP over HTTP: {@code http://collector:4318/v1/traces} for example. None is off
 * @param sampling which part of the messages is followed, from 0 to 1; the gateway decides it, and the others follow
 */
@Validated
@ConfigurationProperties("im.tracing")
public record TracingSettings(
        @Nullable String endpoint,

        @DefaultValue("0.01") @DecimalMin("0") @DecimalMax("1")
        double sampling) {

    boolean on() {
        return endpoint != null && !endpoint.isBlank();
    }
}
