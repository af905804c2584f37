package im.magpie.tcp;

import im.magpie.common.rpc.Groups;
import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Rooms;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.fixture.FakeGroups;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.fixture.FakeRooms;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.FakeTimelines;
import im.magpie.tcp.transport.GatewayServer;
import im.magpie.tcp.transport.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** A node that serves on loopback, with services that the test answers for; without broker and registry. */
final class TestNode implements AutoCloseable {

    final FakeSessions sessions = new FakeSessions();
    final FakeMessages messages = new FakeMessages();
    final FakeTimelines timelines = new FakeTimelines();
    final FakeGroups groups = new FakeGroups();
    final FakeRooms rooms = new FakeRooms();
    final Ports ports;

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    TestNode() {
        this(Map.of());
    }

    /** Starts a node with some settings, each without {@code im.tcp.} before it. */
    TestNode(Map<String, Object> settings) {
        configure(context, settings);
        register(context, this);
        context.register(ServingConfiguration.class);
        context.refresh();
        ports = context.getBean(GatewayServer.class).bind();
    }

    static void configure(AnnotationConfigApplicationContext context, Map<String, Object> settings) {
        var properties = new HashMap<String, Object>();
        properties.put("im.tcp.listen.address", "127.0.0.1");
        properties.put("im.tcp.listen.tcp-port", 0);
        properties.put("im.tcp.listen.web-socket-port", 0);
        properties.put("im.tcp.listen.event-loops", 2);
        properties.put("spring.application.name", "im-tcp");
        // Only its presence counts: a node that needs a broker is handed its connection factory.
        properties.put("im.broker.addresses", "127.0.0.1:1");
        properties.put("im.broker.username", "magpie");
        properties.put("im.broker.password", "magpie");
        settings.forEach((name, value) -> properties.put("im.tcp." + name, value));
        context.registerBean(LocalValidatorFactoryBean.class);
        context.registerBean(SimpleMeterRegistry.class);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    private static void register(AnnotationConfigApplicationContext context, TestNode node) {
        context.registerBean(Sessions.class, () -> node.sessions);
        context.registerBean(Messages.class, () -> node.messages);
        context.registerBean(Timelines.class, () -> node.timelines);
        context.registerBean(Groups.class, () -> node.groups);
        context.registerBean(Rooms.class, () -> node.rooms);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int connections() {
        return bean(Connections.class).count();
    }

    TestClient connect() {
        return new TestClient(ports.tcp());
    }

    /** Returns a client that has logged in. */
    TestClient login(String userId) {
        var client = connect();
        client.login(userId);
        return client;
    }

    @Override
    public void close() {
        context.close();
    }
}
