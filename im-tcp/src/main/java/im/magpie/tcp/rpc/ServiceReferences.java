package im.magpie.tcp.rpc;

import im.magpie.common.readiness.Requirement;
import im.magpie.common.rpc.Groups;
import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Rooms;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The services of im-service. A call whose instance dies is made again of another one, where that does no harm: which
 * is everywhere but at Submit, whose caller repeats it itself, before anything else of its lane. A node starts without the
 * services, and answers UNAVAILABLE until they are there.
 */
@Configuration(proxyBeanMethods = false)
public class ServiceReferences {

    @Bean
    @DubboReference(
            retries = 1,
            parameters = {"Ready.timeout", "1000", "Ready.retries", "0"})
    public ReferenceBean<Sessions> sessions() {
        return new ReferenceBean<>();
    }

    /**
     * Submit answers within some seconds even when it has to leave messages pending; giving up before that would only
     * repeat its work. A lane's checks go to the instance that its messages go to: which hears where a check was against what is so no more.
     */
    @Bean
    @DubboReference(
            retries = 1,
            parameters = {
                "Submit.timeout",
                "10000",
                "Submit.retries",
                "0",
                "Submit.loadbalance",
                "lane",
                "Check.loadbalance",
                "lane"
            })
    public ReferenceBean<Messages> messages() {
        return new ReferenceBean<>();
    }

    @Bean
    @DubboReference(retries = 1)
    public ReferenceBean<Timelines> timelines() {
        return new ReferenceBean<>();
    }

    /** What changes a group may have to wait for the database, and may be repeated. */
    @Bean
    @DubboReference(retries = 1, timeout = 10_000)
    public ReferenceBean<Groups> groups() {
        return new ReferenceBean<>();
    }

    /**
     * What changes a room may have to wait for the database. What is said there is worth nothing a little later: a call that takes long is not waited for, and made
     * again only once, by which some may be told twice.
     */
    @Bean
    @DubboReference(
            retries = 1,
            timeout = 10_000,
            parameters = {"Send.timeout", "3000", "Send.loadbalance", "lane", "Renew.timeout", "3000"})
    public ReferenceBean<Rooms> rooms() {
        return new ReferenceBean<>();
    }

    /** All of them, on an instance that has its servers: so it is im-service that looks for Redis, on behalf of the node. */
    @Bean
    Requirement serviceRequirement(ObjectProvider<ReferenceBean<?>> references, Sessions sessions) {
        return new Requirement(
                "im-service", () -> new Providers(references.stream().toList(), sessions).missing());
    }
}
