package im.magpie.tcp;

import im.magpie.common.application.ManagementSettings;
import im.magpie.common.application.RpcSettings;
import im.magpie.common.broker.BrokerSettings;
import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.metrics.MetricsConfiguration;
import im.magpie.common.nacos.NacosConfiguration;
import im.magpie.common.node.NodeRegistry;
import im.magpie.common.readiness.Readiness;
import im.magpie.common.readiness.ReadinessConfiguration;
import im.magpie.common.readiness.Requirement;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.group.GroupWork;
import im.magpie.tcp.heartbeat.Reconciliation;
import im.magpie.tcp.node.Drain;
import im.magpie.tcp.node.DrainSettings;
import im.magpie.tcp.node.Gateway;
import im.magpie.tcp.node.Incarnation;
import im.magpie.tcp.node.Membership;
import im.magpie.tcp.push.PushQueue;
import im.magpie.tcp.push.PushRouter;
import im.magpie.tcp.room.RoomWork;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.transport.GatewayServer;
import im.magpie.tcp.transport.Pulse;
import java.time.Duration;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The life of a node, and what ties it to the broker and to the other nodes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerSettings.class, ManagementSettings.class, RpcSettings.class})
@Import({LiveConfiguration.class, NacosConfiguration.class, ReadinessConfiguration.class, MetricsConfiguration.class})
class NodeConfiguration {

    /** Far beyond what a busy machine or a collection of garbage takes. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    @Bean
    PushQueue pushQueue(
            ConnectionFactory broker,
            Incarnation incarnation,
            PushRouter router,
            Reconciliation reconciliation,
            GroupWork groups,
            RoomWork rooms) {
        return new PushQueue(broker, incarnation.name(), router, () -> {
            reconciliation.all("the broker is back");
            groups.again();
            rooms.again();
        });
    }

    @Bean
    Membership membership(
            GatewayProperties properties,
            NodeRegistry registry,
            Incarnation incarnation,
            Connections connections,
            ObjectProvider<Readiness> readiness,
            Reconciliation reconciliation) {
        return new Membership(
                registry,
                incarnation,
                properties.host(),
                connections,
                () -> readiness.getObject().ready(),
                properties.node().renewEvery(),
                () -> reconciliation.all("the registry is back"));
    }

    @Bean
    Requirement brokerRequirement(PushQueue pushes) {
        return new Requirement("broker", () -> pushes.drained() ? null : "the push queue is not drained");
    }

    /** At the beginning only: a registry that goes later takes nothing from the clients that are here. */
    @Bean
    Requirement registryRequirement(Membership membership) {
        return new Requirement("registry", () -> membership.everKnown() ? null : "the node could not be registered");
    }

    /** The one thing that starting the node anew would mend. */
    @Bean
    Pulse pulse(GatewayServer server, ApplicationContext context) {
        return new Pulse(
                server.eventLoops(),
                STANDSTILL,
                turning -> AvailabilityChangeEvent.publish(
                        context, turning ? LivenessState.CORRECT : LivenessState.BROKEN));
    }

    @Bean
    Gateway gateway(
            GatewayProperties properties,
            GatewayServer server,
            PushQueue pushes,
            Membership membership,
            Connections connections,
            SessionEnds ends,
            LiveSettings live) {
        var drain = new Drain(connections, live.of(DrainSettings.class));
        return new Gateway(properties.node(), server, pushes, membership, drain, ends);
    }
}
