package im.magpie.service.gateway;

import im.magpie.common.node.NacosNodeRegistry;
import im.magpie.common.node.NacosSettings;
import im.magpie.common.node.NodeRegistry;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    /** Nodes are found in Nacos, unless whoever starts this service brings the registry of its JVM. */
    @Bean
    @ConditionalOnProperty(name = "im.service.node-registry", havingValue = "nacos", matchIfMissing = true)
    @ConditionalOnMissingBean(NodeRegistry.class)
    NacosNodeRegistry nacosNodeRegistry(Environment environment) {
        return NacosNodeRegistry.connect(Binder.get(environment)
                .bind("im.nacos", NacosSettings.class)
                .orElseThrow(() -> new IllegalStateException("im.nacos.server-address is not set")));
    }

    @Bean
    Gateways gateways(ObjectProvider<NodeRegistry> registry, GatewayProperties properties) {
        var nodes = registry.getIfUnique(() -> {
            throw new IllegalStateException("im.service.node-registry is %s, but nothing brings such a registry"
                    .formatted(properties.nodeRegistry()));
        });
        return new Gateways(nodes, () -> ThreadLocalRandom.current().nextLong());
    }
}
