package im.magpie.service.check;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Block;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Standing;
import im.magpie.service.user.UserState;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the database says about those who are in a batch.
 *
 * @param standings of the senders to groups, but those of groups that there are not
 * @param clock the server's, unix milliseconds; asked only where it matters
 */
record Facts(Map<UserKey, UserState> users, Set<Block> blocks, Map<Member, Standing> standings, LongSupplier clock) {

    /** Returns the same with other standings. */
    Facts with(Map<Member, Standing> others) {
        return new Facts(users, blocks, others, clock);
    }

    /** Users are disabled, never deleted: whoever is unknown now was never known. */
    Verdict judge(Verdict.Allowed asked) {
        return switch (state(asked.sender().user())) {
            case UNKNOWN -> new Verdict.Refused(ErrorCode.UNKNOWN_USER, "the sender does not exist");
            case DISABLED -> asked.withdrawn(ErrorCode.USER_DISABLED, "the sender is disabled");
            case ENABLED ->
                switch (asked) {
                    case Verdict.ToPeer toPeer -> judgePeer(toPeer);
                    case Verdict.ToGroup toGroup -> judgeStanding(toGroup);
                };
        };
    }

    private Verdict judgePeer(Verdict.ToPeer asked) {
        return switch (state(asked.peer())) {
            case UNKNOWN -> new Verdict.Refused(ErrorCode.RECIPIENT_UNKNOWN, "the recipient does not exist");
            case DISABLED -> asked.withdrawn(ErrorCode.RECIPIENT_DISABLED, "the recipient is disabled");
            case ENABLED ->
                blocks.contains(asked.block())
                        ? asked.withdrawn(ErrorCode.BLOCKED_BY_RECIPIENT, "the recipient blocks the sender")
                        : asked;
        };
    }

    private Verdict judgeStanding(Verdict.ToGroup asked) {
        var standing = standings.get(asked.sender());
        if (standing == null) {
            return new Verdict.Refused(ErrorCode.NOT_A_PARTICIPANT, "there is no such group");
        }
        if (standing.dissolved()) {
            return asked.withdrawn(ErrorCode.GROUP_DISSOLVED, "the group was dissolved");
        }
        if (standing.role() == null) {
            return asked.withdrawn(ErrorCode.NOT_A_PARTICIPANT, "the sender is not in this group");
        }
        if (standing.mutedUntil() > 0 && standing.mutedUntil() > clock.getAsLong()) {
            return asked.withdrawn(ErrorCode.MUTED, "the sender is muted in this group");
        }
        return standing.muted() && !standing.isAtLeast(GroupRole.ADMIN)
                ? asked.withdrawn(ErrorCode.MUTED, "only admins write to this group now")
                : asked.at(standing.version());
    }

    private UserState state(UserKey user) {
        return users.getOrDefault(user, UserState.UNKNOWN);
    }
}
