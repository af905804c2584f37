package im.magpie.service.gateway;

import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.nacos.NacosConfiguration;
import im.magpie.common.node.NodeRegistry;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import({LiveConfiguration.class, NacosConfiguration.class})
class GatewayConfiguration {

    @Bean
    Gateways gateways(NodeRegistry registry) {
        return new Gateways(registry, () -> ThreadLocalRandom.current().nextLong());
    }
}
