package im.magpie.common.database;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The schema that a service keeps its tables in: MySQL 8 or MariaDB. The tables make themselves at the first start.
 *
 * @param url {@code jdbc:mysql://host:port/schema}
 * @param username who may create and alter tables in it
 * @param password of that user
 * @param connections the most connections at a time
 */
@Validated
@ConfigurationProperties("im.database")
public record DatabaseSettings(
        @NotBlank(message = "must be set, to jdbc:mysql://host:port/schema")
        String url,

        @NotBlank(message = "must be set") String username,
        @NotBlank(message = "must be set") String password,
        @DefaultValue("16") @Min(1) int connections) {

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseSettings[%s, %s]".formatted(url, username);
    }
}
