package im.magpie.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.rpc.BarrierAnswer;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.DubboMessageHistoryTriple;
import im.magpie.common.rpc.HeadsAnswer;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryAnswer;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.LookupAnswer;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome.State;
import im.magpie.service.pipeline.MessagesProvider;
import im.magpie.service.pipeline.StoreQueueReader;
import im.magpie.service.session.SessionsProvider;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import org.apache.dubbo.config.annotation.DubboService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service as it is deployed, with the parts of its neighbours played in memory. */
class ImServiceTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final MemoryStore STORE = new MemoryStore();

    @Test
    void aMessageGoesTheWholeWay() throws Exception {
        var connections = TestBroker.shared().unconfirmed();
        try (var application = start();
                var _ = new StoreQueueReader(connections, STORE)) {
            var outcomes = application.getBean(MessagesProvider.class).submit(message());

            assertThat(outcomes.getOutcomes(0).getState()).isEqualTo(State.SETTLED);
            assertThat(outcomes.getOutcomes(0).getSequence()).isEqualTo(1);
        }
        connections.destroy();
    }

    @Test
    void isNotReadyWithoutItsBroker() {
        try (var application = start()) {
            var sessions = application.getBean(SessionsProvider.class);
            await().until(() -> missing(sessions).isEmpty());
            TestBroker.shared().stop();
            try {
                await().until(() -> missing(sessions).equals(List.of("broker")));
            } finally {
                TestBroker.shared().resume();
            }
            await().until(() -> missing(sessions).isEmpty());
        }
    }

    private static List<String> missing(SessionsProvider sessions) {
        return sessions.ready(Done.getDefaultInstance()).getMissingList();
    }

    private static ConfigurableApplicationContext start() {
        return ImService.application()
                .sources(Surroundings.class)
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("nodes", new LocalNodeRegistry());
                    TestPropertyValues.of(database.settings())
                            .and(redis.settings())
                            .and(TestBroker.shared().settings())
                            .applyTo(context);
                })
                .run(
                        "--im.http.port=0",
                        "--im.readiness.look-every=50ms",
                        "--im.readiness.patience=100ms",
                        "--management.server.port=-1",
                        "--im.service.first-app.id=app",
                        "--im.service.first-app.secret=" + "a secret of this test's own".repeat(2),
                        "--dubbo.registry.address=N/A",
                        "--dubbo.protocol.name=injvm",
                        "--dubbo.provider.scope=local",
                        "--dubbo.consumer.scope=local");
    }

    private static SubmitBatch message() {
        var content =
                MessageContent.newBuilder().setText(TextContent.newBuilder().setText("hello"));
        return SubmitBatch.newBuilder()
                .addItems(SubmitItem.newBuilder()
                        .setAppId("app")
                        .setSenderId("alice")
                        .setConversationId("private_alice_bob")
                        .setClientMessageId(ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis))))
                        .setContent(content.build().toByteString()))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class Surroundings {

        /** Reached over Dubbo only, as it is in a deployment. */
        @Bean(autowireCandidate = false)
        @DubboService
        HistoryProvider historyProvider() {
            return new HistoryProvider();
        }
    }

    static final class HistoryProvider extends DubboMessageHistoryTriple.MessageHistoryImplBase {

        @Override
        public HeadsAnswer heads(HeadsQuery query) {
            return STORE.heads(query);
        }

        @Override
        public LookupAnswer lookup(LookupQuery query) {
            return STORE.lookup(query);
        }

        @Override
        public HistoryAnswer pull(HistoryQuery query) {
            return STORE.pull(query);
        }

        @Override
        public BarrierAnswer committedBarrier(BarrierQuery query) {
            return STORE.committedBarrier(query);
        }
    }
}
