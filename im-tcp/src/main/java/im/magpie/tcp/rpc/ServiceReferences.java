package im.magpie.tcp.rpc;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The three services of im-service. Dubbo repeats nothing ({@code dubbo.consumer.retries}): what may be repeated, and
 * when, its callers know better. A node starts without the services, and answers UNAVAILABLE until they are there.
 */
@Configuration(proxyBeanMethods = false)
public class ServiceReferences {

    @Bean
    @DubboReference
    public ReferenceBean<Sessions> sessions() {
        return new ReferenceBean<>();
    }

    /**
     * Submit answers within some seconds even when it has to leave messages pending; giving up before that would only
     * repeat its work.
     */
    @Bean
    @DubboReference(parameters = {"Submit.timeout", "10000"})
    public ReferenceBean<Messages> messages() {
        return new ReferenceBean<>();
    }

    @Bean
    @DubboReference
    public ReferenceBean<Timelines> timelines() {
        return new ReferenceBean<>();
    }
}
