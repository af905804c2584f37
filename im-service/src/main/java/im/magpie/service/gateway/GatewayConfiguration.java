package im.magpie.service.gateway;

import im.magpie.common.node.NodeRegistry;
import im.magpie.common.node.NodeRegistryConfiguration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(NodeRegistryConfiguration.class)
class GatewayConfiguration {

    @Bean
    Gateways gateways(NodeRegistry registry) {
        return new Gateways(registry, () -> ThreadLocalRandom.current().nextLong());
    }
}
