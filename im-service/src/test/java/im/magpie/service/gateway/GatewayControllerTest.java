package im.magpie.service.gateway;

import static im.magpie.service.app.TestApps.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.service.http.TestHttp;
import im.magpie.service.usersig.TestTokens;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatewayControllerTest {

    @RegisterExtension
    static final TestHttp HTTP = new TestHttp();

    private static final String ADMIN = TestTokens.admin(ACME);

    @Test
    void tellsWhereToConnect() {
        register("node-1", 7000);

        var answer = HTTP.call(ADMIN, "GET", "/v1/gateways");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo(
                        "{\"gateways\":[{\"nodeId\":\"node-1\",\"host\":\"gw.example.org\",\"tcpPort\":7000,\"webSocketPort\":7001}]}");
    }

    @Test
    void tellsUsersToo() {
        HTTP.call(ADMIN, "PUT", "/v1/users/alice", "{}");

        assertThat(HTTP.call(TestTokens.userSig(ACME, "alice"), "GET", "/v1/gateways")
                        .body()
                        .toString())
                .isEqualTo("{\"gateways\":[]}");
    }

    @Test
    void tellsAsManyAsAClientTries() {
        IntStream.range(0, 40).forEach(i -> register("node-" + i, 7000));

        assertThat(HTTP.call(ADMIN, "GET", "/v1/gateways")
                        .body()
                        .path("gateways")
                        .size())
                .isEqualTo(16);
    }

    @Test
    void tellsOfThoseThatAreNotReadyLast() {
        for (int i = 0; i < 5; i++) {
            var lame = "lame-" + i;
            HTTP.bean(LocalNodeRegistry.class)
                    .register(new GatewayNode(lame, lame, "gw.example.org", 7000, 7001, 0, false));
        }
        HTTP.bean(LocalNodeRegistry.class)
                .register(new GatewayNode("fit", "fit", "gw.example.org", 7000, 7001, 100_000));

        var gateways = HTTP.call(ADMIN, "GET", "/v1/gateways").body().path("gateways");

        assertThat(gateways.size()).isEqualTo(6);
        assertThat(gateways.path(0).path("nodeId").asString()).isEqualTo("fit");
    }

    private static void register(String nodeId, int port) {
        HTTP.bean(LocalNodeRegistry.class)
                .register(new GatewayNode(nodeId, nodeId + "-a", "gw.example.org", port, port + 1, 0));
    }
}
