package im.magpie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.fixture.Chat;
import im.magpie.fixture.FakeService;
import im.magpie.fixture.TestBroker;
import im.magpie.fixture.TestPartner;
import im.magpie.fixture.TestStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it is started, with another one that it finds by Dubbo in the same JVM. */
class ImMessageStoreTest {

    private static final Map<String, String> IN_ONE_JVM = Map.of(
            "dubbo.registry.address", "N/A",
            "dubbo.protocol.name", "injvm",
            "dubbo.consumer.scope", "local",
            "dubbo.provider.scope", "local",
            "im.partitions.store-queues", Integer.toString(TestStore.QUEUES + 1));

    private final TestBroker broker = TestBroker.shared();

    /** Of the one queue that no other test's store consumes. */
    private final Chat chat = Chat.in(TestStore.QUEUES);

    @Test
    void storesForItsPartnerAndTellsItTheHistory() {
        try (var partner = partner();
                var store = start(ImMessageStore.application())) {
            await().until(() -> broker.consumers(chat.partition()) == 1);

            broker.publish(chat.envelope(1, 3));
            await().until(() -> broker.depth(chat.partition()) == 0);

            assertThat(partner.getBean(FakeService.class).committed(chat.partition()))
                    .containsExactly(1L, 2L, 3L);
            var heads = HeadsQuery.newBuilder()
                    .addConversations(chat.conversationName())
                    .build();
            assertThat(partner.getBean(MessageHistory.class)
                            .heads(heads)
                            .getHeads(0)
                            .getLastSequence())
                    .isEqualTo(3);
            assertThat(store.getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("im-message-store");
        }
        assertThat(broker.consumers(chat.partition())).isZero();
    }

    private static ConfigurableApplicationContext partner() {
        return start(new SpringApplicationBuilder(TestPartner.class)
                .web(WebApplicationType.NONE)
                .properties("spring.application.name=partner"));
    }

    private static ConfigurableApplicationContext start(SpringApplicationBuilder application) {
        var properties = new HashMap<>(TestStore.infrastructure());
        properties.putAll(IN_ONE_JVM);
        return application.run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }
}
