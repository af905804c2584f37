package im.magpie.common.nacos;

import jakarta.validation.constraints.NotBlank;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Nacos is: the registry of gateways and of the services behind Dubbo, and the place of what can be changed at run time.
 *
 * @param serverAddress {@code host:port}, several ones separated by commas
 * @param namespace the namespace's id; none is the public one
 * @param username none where Nacos asks for none
 * @param password none where Nacos asks for none
 */
@Validated
@ConfigurationProperties("im.nacos")
public record NacosSettings(
        @DefaultValue("127.0.0.1:8848") @NotBlank String serverAddress,
        @Nullable String namespace,
        @Nullable String username,
        @Nullable String password) {

    Properties properties() {
        var properties = new Properties();
        put(properties, "serverAddr", serverAddress);
        put(properties, "namespace", namespace);
        put(properties, "username", username);
        put(properties, "password", password);
        return properties;
    }

    private static void put(Properties properties, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            properties.setProperty(key, value);
        }
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "NacosSettings[serverAddress=%s, namespace=%s, username=%s]"
                .formatted(serverAddress, namespace, username);
    }
}
