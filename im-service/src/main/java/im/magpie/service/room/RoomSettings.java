package im.magpie.service.room;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What rooms may be. Can be changed at run time.
 *
 * @param usersCreate whether users may make rooms of their own; the business system always may
 * @param maxRooms the most open rooms that a user may own, in apps that have no bound of their own
 * @param maxRoomsOf the most open rooms that a user may own in single apps, by their ids: {@code im.service.rooms.max-rooms-of.shop} is that of the app shop
 * @param maxKeepDays for how many days a room may keep what is said in it, at the most; 0 lets none keep anything
 * @param maxUsers the most users of one room who moderate it, are muted or are banned
 * @param messagesPerSecond how many messages a second may be said in a room: LOW ones while less than half of them are used up, NORMAL ones while less than nine
 *     tenths are, and HIGH ones all of them
 */
@ConfigurationProperties("im.service.rooms")
public record RoomSettings(
        @DefaultValue("true") boolean usersCreate,
        @DefaultValue("10") @Min(0) int maxRooms,

        @DefaultValue
        Map<
                        @Pattern(regexp = "[A-Za-z0-9-]{1,32}", message = "an app id is 1 to 32 of [A-Za-z0-9-]")
                        String,
                        @NotNull @Min(0) Integer>
                maxRoomsOf,

        @DefaultValue("365") @Min(0) @Max(3_650) int maxKeepDays,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxUsers,
        @DefaultValue("500") @Min(1) @Max(1_000_000) int messagesPerSecond) {

    int maxRooms(String appId) {
        return maxRoomsOf.getOrDefault(appId, maxRooms);
    }
}
