package im.magpie.service.epoch;

import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.redis.RedisScripts;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires epochs to MySQL, the store and the broker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EpochSettings.class)
public class EpochConfiguration {

    @Bean
    Epochs epochs(
            RedisScripts scripts,
            EpochRows rows,
            MessageHistory history,
            BarrierPublisher barriers,
            EpochSettings settings) {
        return new Epochs(new EpochOpener(scripts, rows, history, barriers, settings)::open);
    }

    @Bean
    PartitionScripts partitionScripts(RedisScripts scripts, Epochs epochs) {
        return new PartitionScripts(scripts, epochs);
    }

    @Bean
    OldEpochs oldEpochs(RedissonClient redisson, PartitionScripts scripts, Epochs epochs) {
        return new OldEpochs(redisson, scripts, epochs);
    }
}
