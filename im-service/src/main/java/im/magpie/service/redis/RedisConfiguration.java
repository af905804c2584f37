package im.magpie.service.redis;

import im.magpie.common.readiness.Requirement;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects to Redis. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisSettings.class)
public class RedisConfiguration {

    private static final int THREADS = 4;
    private static final int IDLE_CONNECTIONS = 2;

    @Bean(destroyMethod = "shutdown")
    RedissonClient redisson(RedisSettings settings) {
        return connect(settings);
    }

    @Bean
    RedisScripts redisScripts(RedissonClient redisson, MeterRegistry registry) {
        return new RedisScripts(redisson, registry);
    }

    /** Nothing is accepted or read without it. */
    @Bean
    Requirement redisRequirement(RedisScripts scripts) {
        return new Requirement("redis", () -> {
            scripts.timeMillis();
            return null;
        });
    }

    /** Returns a client that the caller shuts down. */
    public static RedissonClient connect(RedisSettings settings) {
        return Redisson.create(config(settings));
    }

    static Config config(RedisSettings settings) {
        var config = new Config().setThreads(THREADS).setNettyThreads(THREADS);
        // Else each argument of each script is asked by reflection whether it stands for an object in Redis.
        config.setReferenceEnabled(false);
        if (settings.username() != null) {
            config.setUsername(settings.username());
        }
        if (settings.password() != null) {
            config.setPassword(settings.password());
        }
        if (settings.sentinelMaster() != null) {
            common(config.useSentinelServers(), settings)
                    .setMasterName(settings.sentinelMaster())
                    .addSentinelAddress(settings.addresses().toArray(String[]::new))
                    .setSentinelPassword(settings.password())
                    // How many there ought to be is the operator's choice.
                    .setCheckSentinelsList(false)
                    .setReadMode(ReadMode.MASTER)
                    .setMasterConnectionPoolSize(settings.connections())
                    .setMasterConnectionMinimumIdleSize(Math.min(IDLE_CONNECTIONS, settings.connections()));
        } else if (settings.addresses().size() == 1) {
            common(config.useSingleServer(), settings)
                    .setAddress(settings.addresses().getFirst())
                    .setConnectionPoolSize(settings.connections())
                    .setConnectionMinimumIdleSize(Math.min(IDLE_CONNECTIONS, settings.connections()));
        } else {
            common(config.useClusterServers(), settings)
                    .addNodeAddress(settings.addresses().toArray(String[]::new))
                    .setReadMode(ReadMode.MASTER)
                    .setMasterConnectionPoolSize(settings.connections())
                    .setMasterConnectionMinimumIdleSize(Math.min(IDLE_CONNECTIONS, settings.connections()));
        }
        return config;
    }

    /** The driver sends again what could not be sent or was not answered in time: every script has to bear being run twice. */
    private static <T extends BaseConfig<T>> T common(T server, RedisSettings settings) {
        return server.setTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setRetryAttempts(2)
                .setRetryDelay(new ConstantDelay(Duration.ofMillis(200)));
    }
}
