package im.magpie.tcp;

import im.magpie.common.application.ManagementSettings;
import im.magpie.common.application.RpcSettings;
import im.magpie.common.broker.BrokerSettings;
import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.nacos.NacosConfiguration;
import im.magpie.common.node.NodeRegistry;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.heartbeat.Reconciliation;
import im.magpie.tcp.node.Drain;
import im.magpie.tcp.node.DrainSettings;
import im.magpie.tcp.node.Gateway;
import im.magpie.tcp.node.Incarnation;
import im.magpie.tcp.node.Membership;
import im.magpie.tcp.push.PushQueue;
import im.magpie.tcp.push.PushRouter;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.transport.GatewayServer;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The life of a node, and what ties it to the broker and to the other nodes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerSettings.class, ManagementSettings.class, RpcSettings.class})
@Import({LiveConfiguration.class, NacosConfiguration.class})
class NodeConfiguration {

    @Bean
    PushQueue pushQueue(
            ConnectionFactory broker, Incarnation incarnation, PushRouter router, Reconciliation reconciliation) {
        return new PushQueue(broker, incarnation.name(), router, () -> reconciliation.all("the broker is back"));
    }

    @Bean
    Membership membership(
            GatewayProperties properties,
            NodeRegistry registry,
            Incarnation incarnation,
            Connections connections,
            Reconciliation reconciliation) {
        return new Membership(
                registry,
                incarnation,
                properties.host(),
                connections,
                properties.node().renewEvery(),
                () -> reconciliation.all("the registry is back"));
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
