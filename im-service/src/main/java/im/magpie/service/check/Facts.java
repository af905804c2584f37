package im.magpie.service.check;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Block;
import im.magpie.service.user.UserState;
import java.util.Map;
import java.util.Set;

/** What the database says about those who are in a batch. */
record Facts(Map<UserKey, UserState> users, Set<Block> blocks) {

    /** Users are disabled, never deleted: whoever is unknown now was never known. */
    Verdict judge(Verdict.Allowed asked) {
        return switch (state(asked.sender().user())) {
            case UNKNOWN -> new Verdict.Refused(ErrorCode.UNKNOWN_USER, "the sender does not exist");
            case DISABLED -> asked.withdrawn(ErrorCode.USER_DISABLED, "the sender is disabled");
            case ENABLED -> judgePeer(asked);
        };
    }

    private Verdict judgePeer(Verdict.Allowed asked) {
        return switch (state(asked.peer())) {
            case UNKNOWN -> new Verdict.Refused(ErrorCode.RECIPIENT_UNKNOWN, "the recipient does not exist");
            case DISABLED -> asked.withdrawn(ErrorCode.RECIPIENT_DISABLED, "the recipient is disabled");
            case ENABLED ->
                blocks.contains(asked.block())
                        ? asked.withdrawn(ErrorCode.BLOCKED_BY_RECIPIENT, "the recipient blocks the sender")
                        : asked;
        };
    }

    private UserState state(UserKey user) {
        return users.getOrDefault(user, UserState.UNKNOWN);
    }
}
