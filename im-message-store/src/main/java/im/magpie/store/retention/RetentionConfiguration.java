package im.magpie.store.retention;

import im.magpie.common.database.Turn;
import im.magpie.common.retention.RetentionSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionConfiguration {

    @Bean
    Turn retentionTurn(RetentionMapper mapper, TransactionOperations transactions) {
        return new Turn(mapper, transactions);
    }
}
