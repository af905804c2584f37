package im.magpie.appbusiness.magpie;

import java.time.Instant;

/** A signed token and when it stops being good. */
public record UserSig(String token, Instant expiresAt) {

    /** Without the token. */
    @Override
    public String toString() {
        return "UserSig[until " + expiresAt + "]";
    }
}
