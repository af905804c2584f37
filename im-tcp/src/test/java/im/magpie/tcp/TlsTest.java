package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.frame.WireForm;
import im.magpie.codec.packet.Reply;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsTest {

    private static Path file(String name) {
        return Path.of("src", "test", "resources", "tls", name).toAbsolutePath();
    }

    private static Map<String, Object> settings(String certificate) {
        return Map.of("listen.tls.certificate", file(certificate), "listen.tls.private-key", file("key.pem"));
    }

    @Test
    void bothEndsSpeakTls() throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (var node = new TestNode(settings("certificate.pem"))) {
            var socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), node.ports.tcp());
            try (var client = new TestClient(socket, WireForm.PROTOBUF)) {
                client.login("alice");
                client.write(ping(2));
                assertThat(client.read(Reply.PingOk.class).requestId()).isEqualTo(2);
            }
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsClosed() {
        try (var node = new TestNode(settings("certificate.pem"));
                var client = node.connect()) {
            client.writeBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.assertClosed();
        }
    }

    @Test
    void aNodeDoesNotStartWithACertificateThatIsNotThere() {
        assertThatThrownBy(() -> new TestNode(settings("nothing.pem"))).hasMessageContaining("nothing.pem");
    }
}
