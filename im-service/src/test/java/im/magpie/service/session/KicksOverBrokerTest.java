package im.magpie.service.session;

import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.after;
import static im.magpie.service.session.TestSessions.device;
import static im.magpie.service.session.TestSessions.phone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.service.push.PushProperties;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.unit.DataSize;

class KicksOverBrokerTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String NODE = "kicked-node";

    private final TestBroker broker = TestBroker.shared();
    private final CachingConnectionFactory connections = broker.unconfirmed();
    private final RabbitAdmin admin = new RabbitAdmin(connections);
    private final SessionTable table = new TestSessions(REDIS).table();
    private final PushPublisher pushes = new PushPublisher(
            connections, new PushProperties(100, DataSize.ofKilobytes(512)), table::lose, new SimpleMeterRegistry());
    private final Kicks kicks = new Kicks(pushes::publish);

    @BeforeEach
    void theNodeIsThere() {
        broker.declarePushQueue(admin, NODE);
    }

    @AfterEach
    void close() {
        pushes.close();
        admin.deleteQueue(BrokerNames.pushQueue(NODE));
        connections.destroy();
    }

    @Test
    void theNodeOfTheOlderConnectionHears() throws Exception {
        login(phone(ALICE, NODE, 7));

        var later = phone(ALICE, "other-node", 8);
        kicks.supersede(later, login(later));

        var item = receive().getItems(0);
        assertThat(item.getCommand()).isEqualTo(Command.KICKED_VALUE);
        assertThat(item.getConnectionIdsList()).containsExactly(7L);
        assertThat(Kicked.parseFrom(item.getBody()).getReason()).isEqualTo(KickReason.SUPERSEDED);
    }

    @Test
    void sessionsOnANodeThatIsGoneGo() {
        var phone = phone(ALICE, "gone-node", 1);
        var phoneLogin = login(phone);
        var tablet = device(ALICE, "tablet", "other-node", 2);
        var tabletLogin = login(tablet);

        kicks.kick(List.of(phone.route()), Kicks.DISABLED);

        await().atMost(Duration.ofSeconds(20)).until(() -> state(after(phone, phoneLogin)) == UNKNOWN);
        assertThat(state(after(tablet, tabletLogin))).isEqualTo(CURRENT);
    }

    private Standing login(Session session) {
        return table.put(List.of(session)).getFirst();
    }

    private ReconcileOutcome.State state(Session session) {
        return table.look(List.of(session)).getFirst().state();
    }

    private PushEnvelope receive() throws Exception {
        var message = new RabbitTemplate(connections).receive(BrokerNames.pushQueue(NODE), 20_000);
        return PushEnvelope.parseFrom(Objects.requireNonNull(message).getBody());
    }
}
