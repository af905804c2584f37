package im.magpie.store.rpc;

import im.magpie.common.rpc.StoreReports;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** im-service as this service sees it. It may come up later than this one. */
@Configuration(proxyBeanMethods = false)
class ServiceReferences {

    /** Accepting anew takes as long as sending a message does. */
    @Bean
    @DubboReference(
            check = false,
            parameters = {"Readmit.timeout", "10000"})
    ReferenceBean<StoreReports> storeReports() {
        return new ReferenceBean<>();
    }
}
