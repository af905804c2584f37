package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Request;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path directory;

    /** The two ends of TLS: a gateway whose certificate is for one name, and a client that trusts it. */
    private record Ends(SslContext gateway, SslContext client) {}

    private Ends certifiedFor(String name) throws IOException, InterruptedException, GeneralSecurityException {
        var file = directory.resolve("keys");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=gateway",
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        var keys = KeyStore.getInstance(file.toFile(), PASSWORD);
        var certificate = (X509Certificate) keys.getCertificate("gateway");
        return new Ends(
                SslContextBuilder.forServer((PrivateKey) keys.getKey("gateway", PASSWORD), certificate)
                        .build(),
                SslContextBuilder.forClient().trustManager(certificate).build());
    }

    @Test
    void talksThroughTls() throws IOException, InterruptedException, GeneralSecurityException {
        var ends = certifiedFor("ip:127.0.0.1");
        try (var gateway = new FakeGateway(ends.gateway());
                var client = MagpieClient.start(options(gateway, new Ears()).withTls(ends.client()))) {
            gateway.accept().welcome();
            Await.value(client.ready());
        }
    }

    @Test
    void doesNotTalkToSomebodyElse() throws IOException, InterruptedException, GeneralSecurityException {
        var ends = certifiedFor("dns:elsewhere.example");
        try (var gateway = new FakeGateway(ends.gateway());
                var client = MagpieClient.start(options(gateway, new Ears()).withTls(ends.client()))) {
            var first = gateway.accept();
            Await.value(first.closed());
            gateway.accept();
            assertThat(first.quiet(Request.Login.class)).isTrue();
            assertThat(client.ready()).isNotDone();
        }
    }

    private static ClientOptions options(FakeGateway gateway, ClientListener listener) {
        var address = new GatewayAddress("127.0.0.1", gateway.address().port());
        var options = TestClients.alice(gateway, listener);
        return new ClientOptions(
                options.account(),
                () -> List.of(address),
                options.userSig(),
                options.store(),
                listener,
                0,
                options.timings(),
                null,
                options.eventLoops());
    }
}
