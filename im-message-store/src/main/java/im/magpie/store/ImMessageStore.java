package im.magpie.store;

import im.magpie.common.application.ManagementSettings;
import im.magpie.common.application.RpcSettings;
import im.magpie.common.application.ServiceApplication;
import im.magpie.common.database.ByteStringTypeHandler;
import im.magpie.common.database.DatabaseRequirement;
import im.magpie.common.database.DatabaseSettings;
import im.magpie.common.database.MigrationInTurn;
import im.magpie.common.metrics.MetricsConfiguration;
import im.magpie.common.readiness.ReadinessConfiguration;
import im.magpie.common.readiness.Requirement;
import im.magpie.common.tracing.TracingConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The message store: from the store queues into the database, and from there to whoever asks for history. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties({DatabaseSettings.class, ManagementSettings.class, RpcSettings.class})
@EnableDubbo
@Import({
    ReadinessConfiguration.class,
    MetricsConfiguration.class,
    TracingConfiguration.class,
    ByteStringTypeHandler.class,
    MigrationInTurn.class
})
public class ImMessageStore {

    public static void main(String[] arguments) {
        ServiceApplication.run(application(), arguments);
    }

    /** Returns the application, configured by {@code im-message-store.yml}; it may share its JVM and its class path with other services. */
    public static SpringApplicationBuilder application() {
        return ServiceApplication.of("im-message-store", ImMessageStore.class);
    }

    @Bean
    Requirement databaseRequirement(DataSource database) {
        return DatabaseRequirement.of(database);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
