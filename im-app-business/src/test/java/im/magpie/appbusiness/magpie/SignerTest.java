package im.magpie.appbusiness.magpie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.appbusiness.testing.Tokens;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.security.SignatureException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final String SECRET = "a secret of at least thirty-two characters";
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.400Z");
    private static final Instant SECOND = Instant.parse("2026-03-01T10:20:30Z");

    private final Signer signer = new Signer(
            new MagpieProperties(
                    List.of(URI.create("http://localhost")),
                    "acme",
                    SECRET,
                    Duration.ofHours(12),
                    Duration.ofSeconds(1)),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aUserSigNamesAppUserAndExpiryAndNothingElse() {
        var userSig = signer.userSig("alice");

        var claims = Tokens.verified(userSig.token(), SECRET, NOW);
        assertThat(claims.keySet()).containsExactlyInAnyOrder("app", "sub", "iat", "exp");
        assertThat(claims.get("app")).isEqualTo("acme");
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getIssuedAt()).isEqualTo(Date.from(SECOND));
        assertThat(claims.getExpiration()).isEqualTo(Date.from(userSig.expiresAt()));
        assertThat(userSig.expiresAt()).isEqualTo(SECOND.plus(Duration.ofHours(12)));
    }

    @Test
    void aUserSigEndsAtItsExpiry() {
        var userSig = signer.userSig("alice");

        assertThatThrownBy(() -> Tokens.verified(
                        userSig.token(), SECRET, userSig.expiresAt().plusSeconds(1)))
                .isInstanceOf(ExpiredJwtException.class);
    }

    @Test
    void anAdminTokenIsForAMinuteAndForNobodyInParticular() {
        var claims = Tokens.verified(signer.adminToken(), SECRET, NOW);

        assertThat(claims.keySet()).containsExactlyInAnyOrder("app", "adm", "iat", "exp");
        assertThat(claims.get("adm")).isEqualTo(true);
        assertThat(claims.getExpiration()).isEqualTo(Date.from(SECOND.plusSeconds(60)));
    }

    @Test
    void tokensAreWorthNothingUnderAnotherSecret() {
        var another = "another secret of at least thirty-two characters";

        assertThatThrownBy(() -> Tokens.verified(signer.userSig("alice").token(), another, NOW))
                .isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> Tokens.verified(signer.adminToken(), another, NOW))
                .isInstanceOf(SignatureException.class);
    }
}
