package im.magpie.service.gateway;

import im.magpie.common.node.NodeRegistry;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    Gateways gateways(ObjectProvider<NodeRegistry> registry, GatewayProperties properties) {
        var nodes = registry.getIfUnique(() -> {
            throw new IllegalStateException("im.service.node-registry is %s, but nothing brings such a registry"
                    .formatted(properties.nodeRegistry()));
        });
        return new Gateways(nodes, () -> ThreadLocalRandom.current().nextLong());
    }
}
