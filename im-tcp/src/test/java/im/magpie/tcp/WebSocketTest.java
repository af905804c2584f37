package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.login;
import static im.magpie.tcp.fixture.Requests.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.fixture.WebSocketClient;
import im.magpie.tcp.push.PushRouter;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {

    private static final String LOGIN = """
        {"command":"LOGIN","requestId":1,"body":{"appId":"demo","userId":"alice","userSig":"s",\
        "clientType":"WEB","deviceId":"browser"}}\
        """;

    private final TestNode node =
            new TestNode(Map.of("listen.allowed-origins", "https://chat.example", "limits.max-body-bytes", 70_000));

    @AfterEach
    void close() {
        node.close();
    }

    private WebSocketClient connect(String... headers) {
        return WebSocketClient.connect("ws://127.0.0.1:%d/im".formatted(node.ports.webSocket()), headers);
    }

    @Test
    void aBinaryMessageCarriesAFrame() {
        try (var client = connect()) {
            client.write(login(1, "alice"));
            assertThat(client.readBinary()).isInstanceOf(Reply.LoginOk.class);
            client.write(ping(2));
            assertThat(client.readBinary()).isInstanceOf(Reply.PingOk.class);
        }
    }

    @Test
    void aTextMessageCarriesJson() throws InterruptedException {
        try (var client = connect()) {
            client.write(LOGIN);
            assertThat(client.readText()).startsWith("{\"command\":\"LOGIN\",\"requestId\":1,\"status\":\"OK\"");
            client.write("{\"command\":\"PING\",\"requestId\":2}");
            assertThat(client.readText()).contains("\"PING\"", "indexVersion");
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder()
                            .addItems(Pushes.message("private_alice_bob", 5, 1))
                            .build());
            assertThat(client.readText()).contains("\"PUSH\"", "private_alice_bob", "\"5\"");
        }
    }

    @Test
    void aConnectionIsAnsweredInTheFormOfItsLogin() {
        try (var client = connect()) {
            client.write(LOGIN);
            client.readText();
            client.write(ping(2));
            assertThat(client.readText()).contains("\"PING\"");
        }
    }

    @Test
    void nonsenseIsAnsweredAndTheConnectionCloses() {
        try (var client = connect()) {
            client.write("hello");
            assertThat(client.readText()).contains(ErrorCode.MALFORMED_FRAME.name());
            client.assertClosed();
        }
    }

    @Test
    void aMessageOverTheLimitClosesTheConnection() {
        try (var client = connect()) {
            client.write(LOGIN);
            client.readText();
            client.write("x".repeat(71_000));
            client.assertClosed();
        }
    }

    @Test
    void aForeignPageGetsNoConnection() {
        assertThatThrownBy(() -> connect("Origin", "https://evil.example"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(403));
        connect("Origin", "https://chat.example").close();
    }

    @Test
    void kickedIsReadBeforeTheEnd() throws InterruptedException {
        try (var client = connect()) {
            client.write(LOGIN);
            client.readText();
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder().addItems(Pushes.kicked(1)).build());
            assertThat(client.readText()).contains("KICKED", "SUPERSEDED");
            client.assertClosed();
        }
    }

    @Test
    void aFirstPacketOtherThanLoginIsRefused() {
        try (var client = connect()) {
            client.write("{\"command\":\"PING\",\"requestId\":2}");
            assertThat(client.readText()).contains(ErrorCode.LOGIN_REQUIRED.name());
            client.assertClosed();
        }
    }
}
