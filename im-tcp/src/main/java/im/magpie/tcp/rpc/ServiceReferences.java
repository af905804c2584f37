package im.magpie.tcp.rpc;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The three services of im-service. Nothing is repeated by Dubbo: what may be repeated, and when, the callers know better. A node starts without
 * them, and answers UNAVAILABLE until they are there.
 */
@Configuration(proxyBeanMethods = false)
public class ServiceReferences {

    private static final int NO_RETRIES = 0;

    @Bean
    @DubboReference(check = false, retries = NO_RETRIES, timeout = 5000)
    public ReferenceBean<Sessions> sessions() {
        return new ReferenceBean<>();
    }

    /** Submit answers within about 3 s even when it has to leave messages pending; giving up before that would only repeat its work. */
    @Bean
    @DubboReference(check = false, retries = NO_RETRIES, timeout = 10000)
    public ReferenceBean<Messages> messages() {
        return new ReferenceBean<>();
    }

    @Bean
    @DubboReference(check = false, retries = NO_RETRIES, timeout = 5000)
    public ReferenceBean<Timelines> timelines() {
        return new ReferenceBean<>();
    }
}
