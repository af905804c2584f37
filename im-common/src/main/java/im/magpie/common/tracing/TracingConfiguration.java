package im.magpie.common.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes a service's tracing of its settings. Where it is off, no class of an exporter is even loaded. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfiguration {

    @Bean(destroyMethod = "close")
    Tracing tracing(
            TracingSettings settings,
            @Value("${spring.application.name}") String service,
            @Value("${im.tcp.node-id:${spring.application.name}}") String node) {
        return settings.on() ? Exporting.to(settings, service, node) : Tracing.off();
    }

    private static final class Exporting {

        static Tracing to(TracingSettings settings, String service, String node) {
            var endpoint = Objects.requireNonNull(settings.endpoint());
            var exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build();
            return Tracing.of(
                    service,
                    node,
                    settings.sampling(),
                    BatchSpanProcessor.builder(exporter).build());
        }

        private Exporting() {}
    }
}
