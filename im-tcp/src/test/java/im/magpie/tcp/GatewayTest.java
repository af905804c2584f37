package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.CONVERSATION;
import static im.magpie.tcp.fixture.Requests.acknowledge;
import static im.magpie.tcp.fixture.Requests.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.tcp.fixture.FakeGroups;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.fixture.FakeRooms;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.FakeTimelines;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.fixture.TestBroker;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A whole node, from its start to its end, with a real broker. */
class GatewayTest {

    private static final TestBroker BROKER = new TestBroker();

    private final LocalNodeRegistry registry = new LocalNodeRegistry();
    private final FakeSessions sessions = new FakeSessions();
    private final FakeTimelines timelines = new FakeTimelines();
    private final AnnotationConfigApplicationContext context = context(Map.of());

    private AnnotationConfigApplicationContext context(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(Map.of(
                "node.renew-every", "20ms",
                "node.go-away-spread", "10ms",
                "node.go-away-linger", "10ms",
                "node.drain-patience", "5s",
                "node.broker-patience", "60s",
                "heartbeat.spread", "10ms"));
        all.putAll(settings);
        var made = new AnnotationConfigApplicationContext();
        TestNode.configure(made, all);
        made.registerBean(FakeSessions.class, () -> sessions);
        made.registerBean(FakeMessages.class);
        made.registerBean(FakeTimelines.class, () -> timelines);
        made.registerBean(FakeGroups.class);
        made.registerBean(FakeRooms.class);
        made.registerBean(LocalNodeRegistry.class, () -> registry);
        made.registerBean("broker", CachingConnectionFactory.class, BROKER::connectionFactory);
        made.register(ServingConfiguration.class, NodeConfiguration.class);
        return made;
    }

    @AfterEach
    void close() {
        context.close();
    }

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    private GatewayNode start() {
        context.refresh();
        assertThat(registry.nodes()).hasSize(1);
        return registry.nodes().getFirst();
    }

    private static TestClient login(GatewayNode node, String userId) {
        var client = new TestClient(node.tcpPort());
        client.login(userId);
        return client;
    }

    @Test
    void makesItselfKnownAndTellsItsLoad() {
        var node = start();
        assertThat(node.nodeId()).isEqualTo("gateway-1");
        assertThat(node.incarnation()).startsWith("gateway-1.");
        assertThat(node.webSocketPort()).isPositive();
        try (var alice = login(node, "alice")) {
            await().until(() -> registry.nodes().getFirst().connections() == 1);
            alice.write(acknowledge(CONVERSATION, 1));
        }
    }

    @Test
    void drainsItsOwnQueue() {
        var node = start();
        try (var alice = login(node, "alice")) {
            BROKER.publish(node.incarnation(), new byte[] {1, 2, 3});
            BROKER.push(node.incarnation(), Pushes.receipt(CONVERSATION, 1));
            alice.read(Push.Receipts.class);
        }
    }

    @Test
    void drainsItAgainAndReconcilesWhenTheBrokerIsBack() {
        var node = start();
        try (var alice = login(node, "alice")) {
            sessions.reconciles.answeredByHand();
            BROKER.stop();
            BROKER.start();
            var reconcile = sessions.reconciles.next();
            assertThat(reconcile.request().getSessions(0).getUserId()).isEqualTo("alice");

            BROKER.push(node.incarnation(), Pushes.receipt(CONVERSATION, 1));
            alice.read(Push.Receipts.class);
        }
    }

    @Test
    void doesNotStartWithoutABroker() {
        BROKER.stop();
        try (var impatient = context(Map.of("node.broker-patience", "10ms"))) {
            assertThatThrownBy(impatient::refresh).rootCause().hasMessageContaining("broker could not be reached");
            assertThat(registry.nodes()).isEmpty();
        } finally {
            BROKER.start();
        }
    }

    @Test
    void sendsItsClientsAwayWhenItStops() {
        registry.register(new GatewayNode("gateway-2", "another", "10.0.0.2", 7300, 7301, 0));
        context.refresh();
        var node = registry.nodes().stream()
                .filter(it -> it.nodeId().equals("gateway-1"))
                .findAny()
                .orElseThrow();
        try (var alice = login(node, "alice")) {
            timelines.syncs.answeredByHand();
            sessions.logouts.answeredByHand();
            alice.write(sync(2));
            var call = timelines.syncs.next();
            var stop = Thread.ofVirtual().start(context::close);

            assertThat(alice.read(Push.GoAway.class).body().getAddress()).isEqualTo("10.0.0.2:7300");
            assertThat(registry.nodes()).extracting(GatewayNode::nodeId).containsExactly("gateway-2");
            call.answer(SyncOutcome.getDefaultInstance());
            alice.read(Reply.SyncOk.class);
            alice.assertClosed();
            var end = sessions.logouts.next();
            assertThat(end.request().getSessions(0).getUserId()).isEqualTo("alice");
            assertThat(stop.isAlive()).as("it waits until the services know").isTrue();
            end.answer(Done.getDefaultInstance());
            await().until(() -> !stop.isAlive());
        }
    }
}
