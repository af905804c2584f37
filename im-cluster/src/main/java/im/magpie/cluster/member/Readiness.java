package im.magpie.cluster.member;

import im.magpie.infrastructure.ServerAddress;
import im.magpie.infrastructure.ServerLog;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;

/** How a living process shows that it can be used. */
public sealed interface Readiness {

    /** Asks once. It may block for some seconds. */
    boolean isReady(ServerLog log);

    /** It has written this text in this life. */
    record Output(String text) implements Readiness {

        @Override
        public boolean isReady(ServerLog log) {
            return Files.exists(log.file()) && log.contains(text);
        }
    }

    /** It has something to say when it is asked this, in bytes of one character each. */
    record Answer(int port, String question) implements Readiness {

        @Override
        public boolean isReady(ServerLog log) {
            try (var socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.ofLiteral(ServerAddress.LOOPBACK), port), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.getOutputStream().write(question.getBytes(StandardCharsets.ISO_8859_1));
                return socket.getInputStream().read() >= 0;
            } catch (IOException _) {
                return false;
            }
        }
    }

    /** It answers a GET of this address with status 200. */
    record Http(URI address) implements Readiness {

        @Override
        public boolean isReady(ServerLog log) {
            try {
                var request = (HttpURLConnection) address.toURL().openConnection();
                request.setConnectTimeout(TIMEOUT_MILLIS);
                request.setReadTimeout(TIMEOUT_MILLIS);
                try {
                    return request.getResponseCode() == HttpURLConnection.HTTP_OK;
                } finally {
                    request.disconnect();
                }
            } catch (IOException _) {
                return false;
            }
        }
    }

    /** A machine with much to do may take a moment to answer. */
    int TIMEOUT_MILLIS = Math.toIntExact(Duration.ofSeconds(5).toMillis());
}
