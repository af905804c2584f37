package im.magpie.service;

import im.magpie.common.application.HttpSettings;
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
import javax.sql.DataSource;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The business: sessions, messages, timelines, receipts, users and apps, over Dubbo for gateways and over HTTP for business systems. */
@SpringBootApplication
@EnableDubbo
@EnableConfigurationProperties({DatabaseSettings.class, HttpSettings.class, ManagementSettings.class, RpcSettings.class
})
@Import({ReadinessConfiguration.class, MetricsConfiguration.class, ByteStringTypeHandler.class, MigrationInTurn.class})
public class ImService {

    public static void main(String[] arguments) {
        ServiceApplication.run(application(), arguments);
    }

    /** Returns the application, configured by {@code im-service.yml}; it may share its JVM and its class path with other services. */
    public static SpringApplicationBuilder application() {
        return ServiceApplication.of("im-service", ImService.class);
    }

    /** Nobody is let in without it. */
    @Bean
    Requirement databaseRequirement(DataSource database) {
        return DatabaseRequirement.of(database);
    }
}
