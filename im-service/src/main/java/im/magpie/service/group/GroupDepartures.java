package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.request.Actor;
import java.util.List;

/**
 * Lets users go for good, out of all groups that they are in.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class GroupDepartures {

    private static final int ROWS_AT_ONCE = 100;

    private final GroupTables tables;
    private final GroupLedger ledger;
    private final GroupTimeline timeline;

    GroupDepartures(GroupTables tables, GroupLedger ledger, GroupTimeline timeline) {
        this.tables = tables;
        this.ledger = ledger;
        this.timeline = timeline;
    }

    /**
     * A user leaves all his groups. One that he owns passes to its eldest admin, or else to its eldest member; where there is nobody else, it is dissolved. What he
     * is called in groups is forgotten, and so is where he asks to be let in. May be repeated.
     *
     * @throws MagpieException UNAVAILABLE when it has to be gone on with later
     */
    public void leaveAll(UserKey user) {
        List<String> groups;
        do {
            groups = tables.groups().living(user, ROWS_AT_ONCE);
            groups.forEach(groupId -> leave(user, new GroupKey(user.appId(), groupId)));
        } while (!groups.isEmpty());
        tables.members().forgetNicknames(user);
        var deleted = ROWS_AT_ONCE;
        while (deleted == ROWS_AT_ONCE) {
            deleted = tables.requests().deleteOfUser(user, ROWS_AT_ONCE);
        }
    }

    private void leave(UserKey user, GroupKey group) {
        try {
            var request = GroupLedger.Request.of(user.userId());
            var left = ledger.change(group, request, GroupFounding.passOn(user.userId()));
            if (!left.getDissolved()) {
                ledger.change(group, request, GroupDoor.leave(Actor.of(user)));
            }
        } catch (MagpieException e) {
            // Somebody else has dissolved it meanwhile.
            if (e.code() != ErrorCode.GROUP_DISSOLVED) {
                throw e;
            }
        }
        timeline.append(group);
    }
}
