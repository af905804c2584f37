package im.magpie.service.group;

import im.magpie.service.membership.Reach;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How large groups may be, and how they are told of messages. Can be changed at run time; a group takes a new bound on with its next event.
 *
 * @param maxMembers the most members of a group, in apps that have no bound of their own
 * @param maxMembersOf the most members of a group in single apps, by their ids: {@code im.service.groups.max-members-of.shop} is that of the app shop
 * @param maxGroups the most groups that a user may be in, in apps that have no bound of their own
 * @param maxGroupsOf the most groups that a user may be in in single apps, by their ids: {@code im.service.groups.max-groups-of.shop} is that of the app shop
 * @param indexMaxMembers up to so many members each one's index is raised with every message
 * @param pushMaxMembers up to so many members messages are pushed; in larger groups notices of them are
 * @param maxRequests the most requests to join a group that wait for an admin
 * @param maxLinks the most links to a group that are good at the same time
 * @param longestLink how long a link is good at the most
 * @param readersMaxMembers up to so many members one can ask who has read a message
 */
@ConfigurationProperties("im.service.groups")
public record GroupSettings(
        @DefaultValue("100000") @Min(2) @Max(GroupSettings.MOST_MEMBERS)
        int maxMembers,

        @DefaultValue
        Map<
                        @Pattern(regexp = GroupSettings.APP_ID, message = GroupSettings.NO_APP_ID) String,
                        @NotNull @Min(2) @Max(GroupSettings.MOST_MEMBERS) Integer>
                maxMembersOf,

        @DefaultValue("1000") @Min(1) int maxGroups,

        @DefaultValue
        Map<@Pattern(regexp = GroupSettings.APP_ID, message = GroupSettings.NO_APP_ID) String, @NotNull @Min(1) Integer>
                maxGroupsOf,

        @DefaultValue("200") @Min(0) @Max(1_000) int indexMaxMembers,
        @DefaultValue("2000") @Min(0) int pushMaxMembers,
        @DefaultValue("1000") @Min(1) int maxRequests,
        @DefaultValue("100") @Min(1) int maxLinks,

        @DefaultValue("30d") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 3_650)
        Duration longestLink,

        @DefaultValue("500") @Min(2) @Max(1_000) int readersMaxMembers) {

    static final int MOST_MEMBERS = 1_000_000;
    static final String APP_ID = "[A-Za-z0-9-]{1,32}";
    static final String NO_APP_ID = "an app id is 1 to 32 of [A-Za-z0-9-]";

    Reach.Bounds bounds() {
        return new Reach.Bounds(indexMaxMembers, Math.max(indexMaxMembers, pushMaxMembers));
    }

    int maxMembers(String appId) {
        return maxMembersOf.getOrDefault(appId, maxMembers);
    }

    int maxGroups(String appId) {
        return maxGroupsOf.getOrDefault(appId, maxGroups);
    }
}
