package im.magpie.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
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
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.LookupAnswer;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome.State;
import im.magpie.service.app.App;
import im.magpie.service.pipeline.MessagesProvider;
import im.magpie.service.pipeline.StoreQueueReader;
import im.magpie.service.session.SessionsProvider;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.usersig.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.dubbo.config.annotation.DubboService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it is deployed, with the parts of its neighbours played in memory. */
class ImServiceTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final MemoryStore STORE = new MemoryStore();
    private static final App APP = new App("app", "", "a secret of this test's own".repeat(2));
    private static final String ADMIN = TestTokens.admin(APP);
    private static final String DEVICES = "/v1/users/alice/devices";

    private final String userSig = TestTokens.userSig(APP, "alice");

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
    void theBusinessSystemSeesAUsersDevicesAndSignsThemOut() throws Exception {
        try (var application = start()) {
            var http = new Http(application);
            assertThat(http.call("PUT", "/v1/users/alice", ADMIN).status()).isEqualTo(200);
            assertNobodyElseDoes(http);
            assertThat(login(application, "phone").getError()).isEqualTo(ErrorCode.OK);
            assertThat(login(application, "tablet").getError()).isEqualTo(ErrorCode.OK);

            var listed = http.call("GET", DEVICES, ADMIN).body().path("devices");
            assertThat(listed.size()).isEqualTo(2);
            assertThat(listed.get(0).path("deviceId").asString()).isEqualTo("tablet");
            assertThat(listed.get(0).path("clientType").asString()).isEqualTo("ANDROID");
            assertThat(listed.get(0).path("online").asBoolean()).isTrue();
            assertThat(Instant.parse(listed.get(0).path("lastActive").asString()))
                    .isAfter(Instant.now().minusSeconds(60));

            assertThat(http.call("DELETE", DEVICES + "/ANDROID/phone", ADMIN).status())
                    .isEqualTo(204);
            assertThat(login(application, "phone").getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
            assertThat(http.call("GET", DEVICES, ADMIN).body().path("devices").size())
                    .isEqualTo(1);
            assertThat(http.call("DELETE", DEVICES, ADMIN).status()).isEqualTo(204);
            assertThat(login(application, "tablet").getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
            assertThat(http.call("GET", DEVICES, ADMIN).body().path("devices").size())
                    .isZero();
        }
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

    private void assertNobodyElseDoes(Http http) throws Exception {
        for (var method : List.of("GET", "DELETE")) {
            assertThat(http.call(method, DEVICES, userSig).code()).isEqualTo("FORBIDDEN");
            assertThat(http.call(method, "/v1/users/nobody/devices", ADMIN).code())
                    .isEqualTo("NOT_FOUND");
        }
        assertThat(http.call("DELETE", DEVICES + "/ANDROID/phone", userSig).code())
                .isEqualTo("FORBIDDEN");
        assertThat(http.call("DELETE", DEVICES + "/TOASTER/phone", ADMIN).code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(http.call("DELETE", DEVICES + "/ANDROID/a~b", ADMIN).code()).isEqualTo("INVALID_REQUEST");
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
                        "--im.service.first-app.secret=" + APP.secret(),
                        "--dubbo.registry.address=N/A",
                        "--dubbo.protocol.name=injvm",
                        "--dubbo.provider.scope=local",
                        "--dubbo.consumer.scope=local");
    }

    private LoginOutcome login(ConfigurableApplicationContext application, String deviceId) {
        var session = SessionRef.newBuilder()
                .setAppId(APP.id())
                .setUserId("alice")
                .setClientType(ClientType.ANDROID)
                .setDeviceId(deviceId)
                .setIncarnation("a-node")
                .setConnectionId(deviceId.length());
        return application
                .getBean(SessionsProvider.class)
                .login(LoginCall.newBuilder()
                        .setSession(session)
                        .setUserSig(userSig)
                        .build());
    }

    /** Calls of the application's HTTP API. */
    private static final class Http {

        private static final JsonMapper JSON = new JsonMapper();

        private final HttpClient client = HttpClient.newHttpClient();
        private final String address;

        private record Answer(int status, JsonNode body) {
            String code() {
                return body.path("code").asString("");
            }
        }

        Http(ConfigurableApplicationContext application) {
            var server = ((ServletWebServerApplicationContext) application).getWebServer();
            address = "http://127.0.0.1:" + Objects.requireNonNull(server).getPort();
        }

        Answer call(String method, String path, String token) throws Exception {
            var request = HttpRequest.newBuilder(URI.create(address + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, method.equals("PUT") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        }
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
