package im.magpie.service.gateway;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param nodeRegistry where gateways make themselves known
 */
@ConfigurationProperties("im.service")
public record GatewayProperties(@DefaultValue("nacos") Registry nodeRegistry) {

    /** The registries there are. */
    public enum Registry {
        NACOS,
        /** For services that share one JVM, which hands its registry in. */
        LOCAL
    }
}
