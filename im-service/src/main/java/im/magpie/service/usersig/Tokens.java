package im.magpie.service.usersig;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.app.App;
import im.magpie.service.app.Apps;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.time.InstantSource;
import java.util.Date;

/**
 * Verifies tokens: HS256 by the secret of the app that they name, with an expiry. A userSig names its user as {@code sub}; an admin token has
 * {@code adm: true} and no user. Safe for use by many threads.
 *
 * <p>Every failure is a {@link MagpieException} with USER_SIG_INVALID, USER_SIG_EXPIRED or UNKNOWN_APP. Whether the user exists is not asked here.
 */
public final class Tokens {

    private static final int MAX_LENGTH = 4_096;

    private final Apps apps;
    private final UserSigProperties properties;
    private final InstantSource clock;

    public Tokens(Apps apps, UserSigProperties properties, InstantSource clock) {
        this.apps = apps;
        this.properties = properties;
        this.clock = clock;
    }

    /** Accepts a userSig of this user and nothing else. Returns when it was issued, unix seconds; 0 when it does not say. */
    public long requireUserSig(UserKey user, String token) {
        requireLength(token);
        if (verify(token, apps.require(user.appId())) instanceof Caller.User(var key, var issued) && key.equals(user)) {
            return issued;
        }
        throw invalid("the token is not this user's userSig");
    }

    /** Returns whom a userSig or admin token speaks for. */
    public Caller caller(String token) {
        requireLength(token);
        var app = UnverifiedToken.appOf(token).orElseThrow(() -> invalid("the token names no app"));
        return verify(token, apps.require(app));
    }

    private Caller verify(String token, App app) {
        try {
            return caller(parse(token, app), app);
        } catch (ExpiredJwtException _) {
            throw new MagpieException(ErrorCode.USER_SIG_EXPIRED, "the token has expired");
        } catch (JwtException | IllegalArgumentException e) {
            throw new MagpieException(
                    ErrorCode.USER_SIG_INVALID, "the token is not one that the app has signed by HS256", e);
        }
    }

    /** HS256 is the only algorithm this parser has, whatever a token's header asks for. */
    private Claims parse(String token, App app) {
        return Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .zip()
                .clear()
                .and()
                .verifyWith(app.signingKey())
                .clockSkewSeconds(properties.clockSkew().toSeconds())
                .clock(() -> Date.from(clock.instant()))
                .build()
                .parseSignedClaims(token)
                .getPayload();
    }

    private static Caller caller(Claims claims, App app) {
        if (claims.getExpiration() == null) {
            throw invalid("the token never expires");
        }
        if (!app.id().equals(claims.get("app", String.class))) {
            throw invalid("the token is another app's");
        }
        var user = claims.getSubject();
        var admin = Boolean.TRUE.equals(claims.get("adm"));
        if (admin && user == null) {
            return new Caller.Admin(app.id());
        }
        if (admin || user == null || !Identifiers.isUserId(user)) {
            throw invalid("the token names no user, or one too many");
        }
        return new Caller.User(new UserKey(app.id(), user), issued(claims));
    }

    private static long issued(Claims claims) {
        var issued = claims.getIssuedAt();
        return issued == null ? 0 : Math.max(0, issued.toInstant().getEpochSecond());
    }

    private static void requireLength(String token) {
        if (token.isEmpty() || token.length() > MAX_LENGTH) {
            throw invalid("a token has 1 to " + MAX_LENGTH + " characters");
        }
    }

    private static MagpieException invalid(String message) {
        return new MagpieException(ErrorCode.USER_SIG_INVALID, message);
    }
}
