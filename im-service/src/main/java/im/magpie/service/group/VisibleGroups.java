package im.magpie.service.group;

import im.magpie.codec.protocol.Group;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;
import im.magpie.service.usersig.Caller;
import org.springframework.stereotype.Component;

/** Groups as other capabilities show something of them: only to those who may see them. Blocks; safe for use by many threads. */
@Component
public final class VisibleGroups {

    private final GroupLists lists;

    VisibleGroups(GroupMapper groups, GroupMemberMapper members) {
        this.lists = new GroupLists(groups, members);
    }

    /**
     * Returns a group as the operation {@code get} answers it.
     *
     * @throws MagpieException INVALID_REQUEST when no group could be called so, NOT_FOUND when there is none, NOT_A_PARTICIPANT when the caller is not in it
     */
    public Group require(Caller caller, String groupId) {
        var actor = Actor.of(caller);
        return lists.get(actor, GroupRules.key(actor, groupId));
    }
}
