package im.magpie.service.group;

import im.magpie.service.membership.Reach;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How large groups may be, and how they are told of messages. Can be changed at run time; a group takes a new bound on with its next event.
 *
 * @param maxMembers the most members of a group
 * @param maxGroups the most groups that a user may be in
 * @param indexMaxMembers up to so many members each one's index is raised with every message
 * @param pushMaxMembers up to so many members messages are pushed; in larger groups notices of them are
 */
@ConfigurationProperties("im.service.groups")
public record GroupSettings(
        @DefaultValue("100000") @Min(2) @Max(1_000_000) int maxMembers,
        @DefaultValue("1000") @Min(1) int maxGroups,
        @DefaultValue("200") @Min(0) @Max(1_000) int indexMaxMembers,
        @DefaultValue("2000") @Min(0) int pushMaxMembers) {

    Reach.Bounds bounds() {
        return new Reach.Bounds(indexMaxMembers, Math.max(indexMaxMembers, pushMaxMembers));
    }
}
