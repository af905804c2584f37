package im.magpie.common.node;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where Nacos is.
 *
 * @param serverAddress {@code host:port}, several ones separated by commas
 * @param namespace the namespace's id; null for the public one
 * @param username null where Nacos asks for none
 * @param password null where Nacos asks for none
 */
public record NacosSettings(
        String serverAddress,
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
