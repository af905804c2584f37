package im.magpie.service.usersig;

import im.magpie.service.app.App;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Tokens as a business system makes them. */
public final class TestTokens {

    /** Returns a good userSig. */
    public static String userSig(App app, String userId) {
        return builder(app).subject(userId).signWith(app.signingKey()).compact();
    }

    /** Returns a userSig that is good for an hour and says that it was issued then. */
    public static String userSig(App app, String userId, Instant issued) {
        return builder(app)
                .subject(userId)
                .issuedAt(Date.from(issued))
                .signWith(app.signingKey())
                .compact();
    }

    /** Returns a userSig that does not say when it was issued. */
    public static String undated(App app, String userId) {
        return builder(app)
                .subject(userId)
                .issuedAt(null)
                .signWith(app.signingKey())
                .compact();
    }

    /** Returns a good admin token. */
    public static String admin(App app) {
        return builder(app).claim("adm", true).signWith(app.signingKey()).compact();
    }

    /** Returns a token of the app for an hour, for nobody and without a signature yet. */
    static JwtBuilder builder(App app) {
        var now = Instant.now();
        return Jwts.builder()
                .claim("app", app.id())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(Duration.ofHours(1))));
    }

    private TestTokens() {}
}
