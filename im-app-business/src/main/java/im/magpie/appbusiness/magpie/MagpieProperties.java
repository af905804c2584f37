package im.magpie.appbusiness.magpie;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the business system reaches Magpie.
 *
 * @param magpieUrls where instances of im-service take HTTP; one that does not answer is passed over
 * @param appId the app under which Magpie knows this business system
 * @param appSecret signs userSigs and admin tokens; at least 32 characters, no default
 * @param userSigTtl how long a userSig is good for
 * @param timeout after which a call to Magpie is given up
 */
@Validated
@ConfigurationProperties("im.app-business")
public record MagpieProperties(
        @NotEmpty List<URI> magpieUrls,
        @NotBlank String appId,
        @NotNull String appSecret,
        @DefaultValue("12h") @NotNull Duration userSigTtl,
        @DefaultValue("5s") @NotNull Duration timeout) {

    private static final int SHORTEST_SECRET = 32;

    /** The secret's length is no constraint like the others, because a value that fails one is shown on the console. */
    public MagpieProperties {
        if (appSecret != null && appSecret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "im.app-business.app-secret has at least " + SHORTEST_SECRET + " characters");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "MagpieProperties[%s, %s]".formatted(magpieUrls, appId);
    }
}
