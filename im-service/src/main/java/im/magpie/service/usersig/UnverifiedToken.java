package im.magpie.service.usersig;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a token says of itself before anybody has looked at its signature: good for choosing the key, and for nothing else. */
final class UnverifiedToken {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Returns the app that the token names. */
    static Optional<String> appOf(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.path("app").stringValueOpt();
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private UnverifiedToken() {}
}
