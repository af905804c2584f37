package im.magpie.common.nacos;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.exception.NacosException;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.node.NacosNodeRegistry;
import im.magpie.common.node.NodeRegistry;
import org.apache.dubbo.common.utils.NetUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a service of a cluster has from Nacos: the nodes, and changes of settings. Left out where whoever starts the
 * service brings the registry of its JVM.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(NodeRegistry.class)
@EnableConfigurationProperties(NacosSettings.class)
public class NacosConfiguration {

    @Bean
    NacosNodeRegistry nacosNodeRegistry(NacosSettings settings) throws NacosException {
        return new NacosNodeRegistry(NacosFactory.createNamingService(settings.properties()), NetUtils.getLocalHost());
    }

    @Bean
    NacosLiveSettings nacosLiveSettings(
            NacosSettings nacos, LiveSettings settings, @Value("${spring.application.name}") String service)
            throws NacosException {
        return new NacosLiveSettings(NacosFactory.createConfigService(nacos.properties()), service, settings);
    }
}
