package im.magpie.service.redis;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is.
 *
 * @param addresses {@code redis://host:port} or {@code rediss://}: one is a single server, several are seeds of a Redis Cluster
 * @param sentinelMaster the name by which Sentinels know the master; then the addresses are those of Sentinels, which ask for the same
 *     password
 * @param username of the access control list, where there is one
 * @param password of that user, or of the server
 * @param timeout how long a script may take to answer
 * @param connections the most connections to a master
 */
@Validated
@ConfigurationProperties("im.service.redis")
public record RedisSettings(
        @NotEmpty @DefaultValue("redis://127.0.0.1:6379") List<String> addresses,
        @Nullable String sentinelMaster,
        @Nullable String username,
        @Nullable String password,
        @NotNull @DefaultValue("2s") Duration timeout,
        @Min(1) @DefaultValue("32") int connections) {}
