package im.magpie.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.LoginBatch;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome.State;
import im.magpie.service.pipeline.MessagesProvider;
import im.magpie.service.pipeline.StoreQueueReader;
import im.magpie.service.session.SessionsProvider;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestService;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service as it is deployed. */
class ImServiceTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String DEVICES = "/v1/users/alice/devices";

    private final String userSig = TestService.userSig("alice");

    @Test
    void aMessageGoesTheWholeWay() throws Exception {
        var connections = TestBroker.shared().unconfirmed();
        try (var application = TestService.start(database, redis);
                var _ = new StoreQueueReader(connections, TestService.store())) {
            var outcomes = application.bean(MessagesProvider.class).submit(message());

            assertThat(outcomes.getOutcomes(0).getState()).isEqualTo(State.SETTLED);
            assertThat(outcomes.getOutcomes(0).getSequence()).isEqualTo(1);
        }
        connections.destroy();
    }

    @Test
    void theBusinessSystemSeesAUsersDevicesAndSignsThemOut() throws Exception {
        try (var application = TestService.start(database, redis)) {
            assertThat(application
                            .call("PUT", "/v1/users/alice", TestService.ADMIN)
                            .status())
                    .isEqualTo(200);
            assertNobodyElseDoes(application);
            assertThat(login(application, "phone").getError()).isEqualTo(ErrorCode.OK);
            assertThat(login(application, "tablet").getError()).isEqualTo(ErrorCode.OK);

            var listed =
                    application.call("GET", DEVICES, TestService.ADMIN).body().path("devices");
            assertThat(listed.size()).isEqualTo(2);
            assertThat(listed.get(0).path("deviceId").asString()).isEqualTo("tablet");
            assertThat(listed.get(0).path("clientType").asString()).isEqualTo("ANDROID");
            assertThat(listed.get(0).path("online").asBoolean()).isTrue();
            assertThat(Instant.parse(listed.get(0).path("lastActive").asString()))
                    .isAfter(Instant.now().minusSeconds(60));

            assertThat(application
                            .call("DELETE", DEVICES + "/ANDROID/phone", TestService.ADMIN)
                            .status())
                    .isEqualTo(204);
            assertThat(login(application, "phone").getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
            assertThat(application
                            .call("GET", DEVICES, TestService.ADMIN)
                            .body()
                            .path("devices")
                            .size())
                    .isEqualTo(1);
            assertThat(application.call("DELETE", DEVICES, TestService.ADMIN).status())
                    .isEqualTo(204);
            assertThat(login(application, "tablet").getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
            assertThat(application
                            .call("GET", DEVICES, TestService.ADMIN)
                            .body()
                            .path("devices")
                            .size())
                    .isZero();
        }
    }

    @Test
    void isNotReadyWithoutItsBroker() {
        try (var application = TestService.start(database, redis)) {
            var sessions = application.bean(SessionsProvider.class);
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

    private void assertNobodyElseDoes(TestService application) throws Exception {
        for (var method : List.of("GET", "DELETE")) {
            assertThat(application.call(method, DEVICES, userSig).code()).isEqualTo("FORBIDDEN");
            assertThat(application
                            .call(method, "/v1/users/nobody/devices", TestService.ADMIN)
                            .code())
                    .isEqualTo("NOT_FOUND");
        }
        assertThat(application
                        .call("DELETE", DEVICES + "/ANDROID/phone", userSig)
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(application
                        .call("DELETE", DEVICES + "/TOASTER/phone", TestService.ADMIN)
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(application
                        .call("DELETE", DEVICES + "/ANDROID/a~b", TestService.ADMIN)
                        .code())
                .isEqualTo("INVALID_REQUEST");
    }

    private static List<String> missing(SessionsProvider sessions) {
        return sessions.ready(Done.getDefaultInstance()).getMissingList();
    }

    private LoginOutcome login(TestService application, String deviceId) {
        var session = SessionRef.newBuilder()
                .setAppId(TestService.APP.id())
                .setUserId("alice")
                .setClientType(ClientType.ANDROID)
                .setDeviceId(deviceId)
                .setIncarnation("a-node")
                .setConnectionId(deviceId.length());
        return application
                .bean(SessionsProvider.class)
                .login(LoginBatch.newBuilder()
                        .addCalls(LoginCall.newBuilder().setSession(session).setUserSig(userSig))
                        .build())
                .getOutcomes(0);
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
}
