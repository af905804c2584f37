package im.magpie.service.rpc;

import im.magpie.common.rpc.MessageHistory;
import im.magpie.common.rpc.RoomHistory;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** im-message-store as this service sees it. It may come up later than this one. All it is asked may be asked again. */
@Configuration(proxyBeanMethods = false)
class ServiceReferences {

    @Bean
    @DubboReference(check = false, retries = 1)
    ReferenceBean<MessageHistory> messageHistory() {
        return new ReferenceBean<>();
    }

    @Bean
    @DubboReference(check = false, retries = 1)
    ReferenceBean<RoomHistory> roomHistory() {
        return new ReferenceBean<>();
    }
}
