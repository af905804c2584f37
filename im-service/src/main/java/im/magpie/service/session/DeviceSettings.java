package im.magpie.service.session;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many devices of a user may be connected at the same time: {@code SINGLE}, {@code MOBILE_DESKTOP_WEB}, {@code PER_CLIENT_TYPE} or {@code UNLIMITED}.
 * Can be changed at run time.
 *
 * @param policy the device policy of apps that have none of their own: {@code SINGLE} (one device of a user), {@code MOBILE_DESKTOP_WEB} (one mobile
 *     one, one desktop, one browser and one bot), {@code PER_CLIENT_TYPE} (one of each client type) or {@code UNLIMITED}. A stricter one
 *     ends nothing by itself: it counts from each user's next login
 * @param policies the device policies of single apps, by their ids: {@code im.service.devices.policies.shop} is that of the app shop
 */
@ConfigurationProperties("im.service.devices")
public record DeviceSettings(
        @DefaultValue("UNLIMITED") @NotNull DevicePolicy policy,

        @DefaultValue
        Map<
                        @Pattern(regexp = "[A-Za-z0-9-]{1,32}", message = "an app id is 1 to 32 of [A-Za-z0-9-]")
                        String,
                        @NotNull DevicePolicy>
                policies) {

    DevicePolicy of(String appId) {
        return policies.getOrDefault(appId, policy);
    }
}
