package im.magpie.tcp;

import im.magpie.common.node.NacosNodeRegistry;
import im.magpie.common.node.NacosSettings;
import im.magpie.common.node.NodeRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Nodes make themselves known in Nacos, unless whoever starts this one brings a registry. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    @ConditionalOnMissingBean(NodeRegistry.class)
    NacosNodeRegistry nacosNodeRegistry(Environment environment) {
        return NacosNodeRegistry.connect(Binder.get(environment)
                .bind("im.nacos", NacosSettings.class)
                .orElseThrow(() -> new IllegalStateException("im.nacos.server-address is not set")));
    }
}
