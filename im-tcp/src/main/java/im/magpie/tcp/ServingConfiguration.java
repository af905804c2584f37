package im.magpie.tcp;

import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.rpc.Groups;
import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import im.magpie.common.tracing.Tracing;
import im.magpie.common.tracing.TracingConfiguration;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.device.Devices;
import im.magpie.tcp.group.GroupCalls;
import im.magpie.tcp.group.GroupIndex;
import im.magpie.tcp.group.GroupMeters;
import im.magpie.tcp.group.GroupWork;
import im.magpie.tcp.group.Notices;
import im.magpie.tcp.heartbeat.Heartbeats;
import im.magpie.tcp.heartbeat.Reconciliation;
import im.magpie.tcp.lane.Lanes;
import im.magpie.tcp.login.Authenticator;
import im.magpie.tcp.node.Incarnation;
import im.magpie.tcp.push.PushRouter;
import im.magpie.tcp.rate.RateSettings;
import im.magpie.tcp.request.RequestHandlers;
import im.magpie.tcp.request.RequestMeters;
import im.magpie.tcp.room.RoomCalls;
import im.magpie.tcp.room.RoomIndex;
import im.magpie.tcp.room.RoomSends;
import im.magpie.tcp.send.SendChecks;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.timeline.Marking;
import im.magpie.tcp.timeline.Reading;
import im.magpie.tcp.timeline.TypingNotices;
import im.magpie.tcp.transport.Admission;
import im.magpie.tcp.transport.GatewayServer;
import im.magpie.tcp.transport.PipelineParts;
import im.magpie.tcp.transport.Tls;
import im.magpie.tcp.work.BatchSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What serves the clients: from their connections to the services, and from pushes to their connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
@Import({LiveConfiguration.class, TracingConfiguration.class, RoomConfiguration.class})
class ServingConfiguration {

    /** Room for all connections of a node that is cut off, and calls that bring their ends in bounded scripts. */
    private static final BatchSettings SESSION_ENDS = new BatchSettings(100_000, 500);

    private static final BatchSettings TYPING = new BatchSettings(10_000, 500);

    @Bean
    Incarnation incarnation(GatewayProperties properties) {
        return Incarnation.begin(properties.nodeId(), Clock.systemUTC());
    }

    @Bean
    Connections connections() {
        return new Connections();
    }

    @Bean
    SessionEnds sessionEnds(Sessions sessions) {
        return new SessionEnds(SESSION_ENDS, sessions);
    }

    @Bean
    ServerClock serverClock() {
        return new ServerClock(Clock.systemUTC());
    }

    @Bean
    Authenticator authenticator(
            GatewayProperties properties,
            Incarnation incarnation,
            Sessions sessions,
            Connections connections,
            SessionEnds ends,
            ServerClock clock,
            MeterRegistry registry) {
        return new Authenticator(properties.login(), incarnation.name(), sessions, connections, ends, clock, registry);
    }

    @Bean
    Lanes lanes(GatewayProperties properties, Messages messages, MeterRegistry registry, Tracing tracing) {
        return new Lanes(properties.lane(), messages, Ticker.systemTicker(), registry, tracing);
    }

    @Bean
    Heartbeats heartbeats(GatewayProperties properties, Sessions sessions, SessionEnds ends, ServerClock clock) {
        return new Heartbeats(properties.heartbeat(), sessions, ends, clock);
    }

    @Bean
    Reading reading(GatewayProperties properties, Timelines timelines, GroupIndex groups) {
        return new Reading(properties.reading(), timelines, groups);
    }

    @Bean
    Marking marking(GatewayProperties properties, Timelines timelines) {
        return new Marking(properties.marking(), timelines);
    }

    @Bean
    TypingNotices typingNotices(Timelines timelines) {
        return new TypingNotices(TYPING, timelines);
    }

    @Bean
    Devices devices(GatewayProperties properties, Sessions sessions) {
        return new Devices(properties.devices(), sessions);
    }

    @Bean
    GroupCalls groupCalls(GatewayProperties properties, Groups groups) {
        return new GroupCalls(properties.groups(), groups);
    }

    @Bean
    GroupMeters groupMeters(MeterRegistry registry) {
        return new GroupMeters(registry);
    }

    @Bean
    Notices notices(GatewayProperties properties, GroupMeters meters) {
        return new Notices(properties.groups().noticeInterval(), meters);
    }

    @Bean
    GroupIndex groupIndex(Notices notices, GroupMeters meters) {
        return new GroupIndex(notices, meters);
    }

    @Bean
    GroupWork groupWork(
            GatewayProperties properties,
            GroupIndex index,
            Notices notices,
            Groups groups,
            Incarnation incarnation,
            GroupMeters meters) {
        return new GroupWork(properties.groups(), index, notices, groups, incarnation.name(), meters);
    }

    @Bean
    SendChecks sendChecks(GatewayProperties properties) {
        return new SendChecks(properties.limits().maxContentBytes());
    }

    @Bean
    RequestHandlers requestHandlers(
            GatewayProperties properties,
            Lanes lanes,
            Heartbeats heartbeats,
            Reading reading,
            Marking marking,
            TypingNotices typing,
            Devices devices,
            GroupCalls groups,
            RoomCalls rooms,
            RoomSends.Shared roomSends,
            SessionEnds ends,
            SendChecks checks,
            MeterRegistry registry,
            Tracing tracing) {
        return new RequestHandlers(
                checks,
                lanes,
                heartbeats,
                reading,
                marking,
                typing,
                devices,
                groups,
                rooms,
                roomSends,
                ends,
                new RequestMeters(registry),
                tracing);
    }

    @Bean
    GatewayServer gatewayServer(
            GatewayProperties properties,
            LiveSettings live,
            Authenticator authenticator,
            RequestHandlers requests,
            MeterRegistry registry) {
        var parts = new PipelineParts(
                properties.pipeline(),
                live.of(RateSettings.class),
                new Admission(properties.listen().maxConnections(), registry),
                new DeliveryMeters(registry),
                new AtomicLong()::incrementAndGet,
                Tls.context(properties.listen().tls()),
                authenticator,
                properties.welcome(),
                requests);
        return new GatewayServer(properties.listen(), parts);
    }

    @Bean
    Reconciliation reconciliation(GatewayProperties properties, Connections connections) {
        return new Reconciliation(connections, properties.heartbeat());
    }

    @Bean
    PushRouter pushRouter(
            Connections connections, GroupIndex groups, RoomIndex rooms, MeterRegistry registry, Tracing tracing) {
        return new PushRouter(connections, groups, rooms, registry, tracing);
    }

    @Bean
    GatewayMeters gatewayMeters(Connections connections, Marking marking, GroupIndex groups, RoomIndex rooms) {
        return new GatewayMeters(connections, marking, groups, rooms);
    }
}
