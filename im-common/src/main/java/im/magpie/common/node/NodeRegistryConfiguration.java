package im.magpie.common.node;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Nodes are known in Nacos, unless whoever starts the service brings the registry of its JVM. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(NodeRegistry.class)
@EnableConfigurationProperties(NacosSettings.class)
public class NodeRegistryConfiguration {

    @Bean
    NacosNodeRegistry nacosNodeRegistry(NacosSettings settings) {
        return NacosNodeRegistry.connect(settings);
    }
}
