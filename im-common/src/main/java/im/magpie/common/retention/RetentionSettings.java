package im.magpie.common.retention;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * For how long messages are kept. im-service and im-message-store have to be told the same: the one does not let older messages be read, the other deletes
 * them.
 *
 * @param keep for how long messages of apps are kept that say nothing of their own: {@code forever}, or for example {@code 30d}. What has
 *     outlived that is deleted for good
 * @param apps for how long messages of single apps are kept, by their ids: {@code im.retention.apps.shop} is that of the app shop
 */
@Validated
@ConfigurationProperties("im.retention")
public record RetentionSettings(
        @DefaultValue("forever") @NotNull Retention keep,

        @DefaultValue
        Map<
                        @Pattern(regexp = "[A-Za-z0-9-]{1,32}", message = "an app id is 1 to 32 of [A-Za-z0-9-]")
                        String,
                        @NotNull Retention>
                apps) {

    public Retention of(String appId) {
        return apps.getOrDefault(appId, keep);
    }
}
