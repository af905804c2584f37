package im.magpie.tcp.rpc;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The three services of im-service. A call whose instance dies is made again of another one, where that does no harm: which
 * is everywhere but at Submit, whose caller repeats it itself, before anything else of its lane. A node starts without the
 * services, and answers UNAVAILABLE until they are there.
 */
@Configuration(proxyBeanMethods = false)
public class ServiceReferences {

    @Bean
    @DubboReference(retries = 1)
    public ReferenceBean<Sessions> sessions() {
        return new ReferenceBean<>();
    }

    /**
     * Submit answers within some seconds even when it has to leave messages pending; giving up before that would only
     * repeat its work.
     */
    @Bean
    @DubboReference(
            retries = 1,
            parameters = {"Submit.timeout", "10000", "Submit.retries", "0", "Submit.loadbalance", "lane"})
    public ReferenceBean<Messages> messages() {
        return new ReferenceBean<>();
    }

    @Bean
    @DubboReference(retries = 1)
    public ReferenceBean<Timelines> timelines() {
        return new ReferenceBean<>();
    }
}
