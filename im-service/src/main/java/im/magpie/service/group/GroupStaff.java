package im.magpie.service.group;

import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.MuteMember;
import im.magpie.codec.protocol.Rename;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.time.Duration;
import java.util.List;

/** What is done to single members of groups. Safe for use by many threads. */
final class GroupStaff {

    private static final Duration LONGEST_MUTE = Duration.ofDays(3_650);

    /** Whoever gets no reply has asked again by then. */
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(1);

    /** The owner makes a member an admin, or an admin a member. */
    GroupLedger.Operation appoint(Actor actor, Appoint to) {
        Rules.requireUserId(to.getUserId());
        Rules.require(
                to.getRole() == GroupRole.MEMBER || to.getRole() == GroupRole.ADMIN,
                "a member is appointed MEMBER or ADMIN; owners transfer their groups");
        return draft -> {
            GroupRights.of(draft, actor.userId()).require(GroupRole.OWNER);
            var member = draft.require(to.getUserId());
            if (member.rank() == GroupRole.OWNER) {
                throw new MagpieException(ErrorCode.FORBIDDEN, "the owner transfers the group first");
            }
            if (member.rank() == to.getRole()) {
                return null;
            }
            var appointed = member.with(to.getRole());
            draft.put(appointed);
            return GroupEvent.newBuilder().setAppointed(GroupFounding.members(List.of(appointed)));
        };
    }

    /**
     * An admin lets a member not write for a while, or write again. The while begins when this is done: who was muted for as long a moment ago stays as he is, for
     * that may be the same request.
     */
    GroupLedger.Operation mute(Actor actor, MuteMember mute) {
        Rules.requireUserId(mute.getUserId());
        Rules.require(
                mute.getSeconds() >= 0 && mute.getSeconds() <= LONGEST_MUTE.toSeconds(),
                "a member is muted for 0 to %d seconds".formatted(LONGEST_MUTE.toSeconds()));
        return draft -> {
            var member = draft.require(mute.getUserId());
            GroupRights.of(draft, actor.userId()).requireOver(member);
            var until = mute.getSeconds() == 0 ? 0 : draft.now() + mute.getSeconds() * 1_000;
            if (isMuted(member, until, draft.now())) {
                return null;
            }
            var muted = member.mutedUntil(until);
            draft.put(muted);
            return GroupEvent.newBuilder().setMuted(GroupFounding.members(List.of(muted)));
        };
    }

    private static boolean isMuted(MemberRow member, long until, long now) {
        var later = until - member.mutedUntil();
        var length = until - now;
        return later == 0
                || (member.mutedUntil() > now
                        && later > 0
                        && later <= Math.min(REPEATED_WITHIN.toMillis(), length / 2));
    }

    /** A member says what he is called in the group; so does an admin of others. */
    GroupLedger.Operation rename(Actor actor, Rename rename) {
        GroupRules.requireNickname(rename.getNickname());
        var userId = rename.getUserId().isEmpty() ? actor.userId() : rename.getUserId();
        Rules.requireUserId(userId);
        return draft -> {
            var rights = GroupRights.of(draft, actor.userId());
            rights.require(GroupRole.MEMBER);
            var member = draft.require(userId);
            if (!userId.equals(actor.userId())) {
                rights.requireOver(member);
            }
            if (member.nickname().equals(rename.getNickname())) {
                return null;
            }
            var renamed = member.called(rename.getNickname());
            draft.put(renamed);
            return GroupEvent.newBuilder().setRenamed(GroupFounding.members(List.of(renamed)));
        };
    }
}
