package im.magpie.tcp.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS by configuration. */
public final class Tls {

    /**
     * Returns what connections speak TLS with, or null when they are to speak without it.
     *
     * @throws IllegalStateException when the certificate or the key can't be read
     */
    public static @Nullable SslContext context(@Nullable TlsSettings settings) {
        if (settings == null) {
            return null;
        }
        var certificate = settings.certificate().toFile();
        var privateKey = settings.privateKey().toFile();
        try {
            return SslContextBuilder.forServer(certificate, privateKey).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException("Can't use %s with %s".formatted(certificate, privateKey), e);
        }
    }

    private Tls() {}
}
