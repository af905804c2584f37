package im.magpie.tcp.transport;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * What a node proves itself with.
 *
 * @param certificate a PEM file with the certificate and those that lead to its root
 * @param privateKey a PEM file with its PKCS#8 key, without a password
 */
public record TlsSettings(
        @NotNull Path certificate, @NotNull Path privateKey) {}
