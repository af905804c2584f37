package im.magpie.service.usersig;

import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.app.TestApps.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.app.App;
import im.magpie.service.app.TestApps;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final UserKey ALICE = new UserKey("acme", "alice");

    private final Instant now = Instant.now();
    private final Tokens tokens =
            new Tokens(TestApps.of(ACME, OTHER), new UserSigProperties(Duration.ofSeconds(5)), () -> now);

    @Test
    void takesAUserSig() {
        var token = TestTokens.userSig(ACME, "alice", now);

        assertThat(tokens.requireUserSig(ALICE, token)).isEqualTo(now.getEpochSecond());
        assertThat(tokens.caller(token)).isEqualTo(new Caller.User(ALICE, now.getEpochSecond()));
    }

    @Test
    void aTokenNeedNotSayWhenItWasIssued() {
        assertThat(tokens.requireUserSig(ALICE, TestTokens.undated(ACME, "alice")))
                .isZero();
        var ancient = TestTokens.userSig(ACME, "alice", Instant.EPOCH.minusSeconds(7));
        assertThat(tokens.requireUserSig(ALICE, ancient)).isZero();
    }

    @Test
    void takesAnAdminToken() {
        assertThat(tokens.caller(TestTokens.admin(ACME))).isEqualTo(new Caller.Admin("acme"));
    }

    @Test
    void anAdminTokenIsNobodysUserSig() {
        assertInvalid(() -> tokens.requireUserSig(ALICE, TestTokens.admin(ACME)));
    }

    @Test
    void aTokenThatIsBothIsNeither() {
        var both = TestTokens.builder(ACME)
                .subject("alice")
                .claim("adm", true)
                .signWith(ACME.signingKey())
                .compact();

        assertRefused(both);
    }

    @Test
    void admMeansTrueAndNothingLikeIt() {
        var text = TestTokens.builder(ACME)
                .claim("adm", "true")
                .signWith(ACME.signingKey())
                .compact();

        assertRefused(text);
    }

    @Test
    void anotherUsersSigIsRefused() {
        assertInvalid(() -> tokens.requireUserSig(ALICE, TestTokens.userSig(ACME, "bob")));
        assertInvalid(() -> tokens.requireUserSig(ALICE, TestTokens.userSig(ACME, "Alice")));
    }

    @Test
    void anotherAppsUserOfTheSameNameIsRefused() {
        assertInvalid(() -> tokens.requireUserSig(ALICE, TestTokens.userSig(OTHER, "alice")));
        assertThat(tokens.caller(TestTokens.userSig(OTHER, "alice")).appId()).isEqualTo("other");
    }

    @Test
    void anAppCannotSignForAnother() {
        assertRefused(TestTokens.builder(ACME)
                .subject("alice")
                .signWith(OTHER.signingKey())
                .compact());
        assertRefused(TestTokens.builder(OTHER)
                .subject("alice")
                .signWith(ACME.signingKey())
                .compact());
    }

    @Test
    void anUnknownAppIsNamed() {
        var stranger = new App("stranger", "", ACME.secret());

        assertCode(ErrorCode.UNKNOWN_APP, () -> tokens.caller(TestTokens.userSig(stranger, "alice")));
        assertCode(
                ErrorCode.UNKNOWN_APP,
                () -> tokens.requireUserSig(new UserKey("stranger", "alice"), TestTokens.userSig(stranger, "alice")));
    }

    @Test
    void anExpiredTokenIsNamed() {
        var expired = TestTokens.builder(ACME).subject("alice").expiration(Date.from(now.minusSeconds(7)));

        assertCode(
                ErrorCode.USER_SIG_EXPIRED,
                () -> tokens.requireUserSig(
                        ALICE, expired.signWith(ACME.signingKey()).compact()));
    }

    @Test
    void anExpiredTokenOfAnotherKeyIsJustInvalid() {
        var expired = TestTokens.builder(ACME).subject("alice").expiration(Date.from(now.minusSeconds(7)));

        assertRefused(expired.signWith(OTHER.signingKey()).compact());
    }

    @Test
    void clocksMayDifferALittle() {
        var expired = TestTokens.builder(ACME)
                .subject("alice")
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.minusSeconds(3)));

        assertThat(tokens.caller(expired.signWith(ACME.signingKey()).compact()))
                .isEqualTo(new Caller.User(ALICE, now.getEpochSecond()));
    }

    @Test
    void aTokenForEverIsRefused() {
        assertRefused(Jwts.builder()
                .claim("app", "acme")
                .subject("alice")
                .signWith(ACME.signingKey())
                .compact());
    }

    @Test
    void aTokenOfTheFutureIsRefused() {
        assertRefused(TestTokens.builder(ACME)
                .subject("alice")
                .notBefore(Date.from(now.plusSeconds(60)))
                .signWith(ACME.signingKey())
                .compact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "HS256"})
    void aTokenWithoutASignatureIsRefused(String algorithm) {
        var signed = TestTokens.userSig(ACME, "alice").split("\\.", -1);
        var header = encode("{\"alg\":\"" + algorithm + "\"}");

        assertRefused(header + "." + signed[1] + ".");
        assertRefused(header + "." + signed[1]);
    }

    @Test
    void aLongSecretSignsByHs256Too() {
        var app = new App("acme", "", ACME.secret().repeat(2));
        var longSecret = new Tokens(TestApps.of(app), new UserSigProperties(Duration.ZERO), () -> now);
        var key = Keys.hmacShaKeyFor(app.secret().getBytes(StandardCharsets.UTF_8));

        var token = TestTokens.builder(app)
                .subject("alice")
                .issuedAt(Date.from(now))
                .signWith(key, Jwts.SIG.HS256)
                .compact();

        assertThat(longSecret.caller(token)).isEqualTo(new Caller.User(ALICE, now.getEpochSecond()));
    }

    @Test
    void onlyHs256Counts() {
        var long512 = new SecretKeySpec(ACME.secret().repeat(2).getBytes(StandardCharsets.UTF_8), "HmacSHA512");
        var app = new App("acme", "", ACME.secret().repeat(2));
        var sameSecret = new Tokens(TestApps.of(app), new UserSigProperties(Duration.ZERO), () -> now);

        var token = TestTokens.builder(app)
                .subject("alice")
                .signWith(long512, Jwts.SIG.HS512)
                .compact();

        assertInvalid(() -> sameSecret.caller(token));
    }

    @Test
    void aPublicKeysAlgorithmIsRefused() {
        KeyPair pair = Jwts.SIG.EdDSA.keyPair().build();

        assertRefused(TestTokens.builder(ACME)
                .subject("alice")
                .signWith(pair.getPrivate())
                .compact());
    }

    @Test
    void aKeyInTheHeaderIsNotTaken() throws GeneralSecurityException {
        var header =
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}";
        var payload = TestTokens.userSig(ACME, "alice").split("\\.", -1)[1];
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        var signed = encode(header) + "." + payload;

        assertRefused(signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void aChangedPayloadIsRefused() {
        var parts = TestTokens.userSig(ACME, "bob").split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

        assertRefused(parts[0] + "." + encode(claims.replace("bob", "alice")) + "." + parts[2]);
    }

    static Stream<String> garbage() {
        return Stream.of(
                "",
                ".",
                "..",
                "...",
                "not a token",
                "a.b.c",
                encode("{}") + "." + encode("{}") + ".",
                encode("{}") + "." + encode("[]") + ".x",
                encode("{}") + "." + encode("{\"app\":7}") + ".x",
                encode("{\"alg\":\"HS256\"}") + "." + encode("{\"app\":\"acme\",\"exp\":\"soon\"}") + ".x",
                encode("{}") + "." + encode("[".repeat(2_000)) + ".x",
                "x".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource
    void garbage(String token) {
        assertRefused(token);
    }

    @Test
    void aUserNobodyCanBeCalledIsRefused() {
        assertRefused(TestTokens.userSig(ACME, "a~b"));
        assertRefused(TestTokens.builder(ACME).signWith(ACME.signingKey()).compact());
    }

    private void assertRefused(String token) {
        assertInvalid(() -> tokens.caller(token));
        assertInvalid(() -> tokens.requireUserSig(ALICE, token));
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertCode(ErrorCode.USER_SIG_INVALID, call);
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(MagpieException.class).isThrownBy(call).returns(code, MagpieException::code);
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
