package im.magpie.service.app;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The app that is made when there is none of its id. There is no secret by default: one that everybody knows is none.
 *
 * @param id 1 to 32 of {@code [A-Za-z0-9-]}
 * @param secret at least 32 characters, because a signature by HS256 is worth no more than its key
 * @param name for people
 */
@Validated
@ConfigurationProperties("im.service.first-app")
public record FirstAppProperties(
        @NotBlank @Pattern(regexp = "[A-Za-z0-9-]{1,32}") String id,

        @NotBlank(message = "must be set, to a secret of at least 32 characters") @Size(min = 32, max = 255)
        String secret,

        @DefaultValue("") @Size(max = 64) String name) {

    App toApp() {
        return new App(id, name, secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "FirstAppProperties[" + id + ", " + name + "]";
    }
}
