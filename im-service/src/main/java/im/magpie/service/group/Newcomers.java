package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.blacklist.Block;
import im.magpie.service.request.Actor;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Gatherers;

/** Looks at users before they come into a group. Blocks; safe for use by many threads. */
final class Newcomers {

    private static final int USERS_PER_QUERY = 500;

    private final UserStates users;
    private final Blacklist blacklist;
    private final GroupMapper groups;
    private final Supplier<GroupSettings> settings;

    Newcomers(UserStates users, Blacklist blacklist, GroupMapper groups, Supplier<GroupSettings> settings) {
        this.users = users;
        this.blacklist = blacklist;
        this.groups = groups;
        this.settings = settings;
    }

    /**
     * Sees to it that users can be brought into a group.
     *
     * @throws MagpieException RECIPIENT_UNKNOWN, RECIPIENT_DISABLED, BLOCKED_BY_RECIPIENT where one of them blocks who brings him, GROUP_FULL where one is in
     *     as many groups as he may be in
     */
    void require(Actor by, Collection<String> userIds) {
        if (!by.isBusinessSystem()) {
            requireNotBlocked(by, userIds);
        }
        requireWilling(by.appId(), userIds);
    }

    /** The same for users who come by themselves. */
    void requireWilling(String appId, Collection<String> userIds) {
        var keys = userIds.stream().map(id -> new UserKey(appId, id)).toList();
        users.now(keys).forEach((user, state) -> {
            if (state == UserState.UNKNOWN) {
                throw new MagpieException(ErrorCode.RECIPIENT_UNKNOWN, "there is no user " + user.userId());
            }
            if (state == UserState.DISABLED) {
                throw new MagpieException(ErrorCode.RECIPIENT_DISABLED, user.userId() + " is disabled");
            }
        });
        requireRoom(appId, userIds);
    }

    /** @throws MagpieException GROUP_FULL */
    void requireRoom(GroupDraft draft, int more) {
        var most = settings.get().maxMembers(draft.key().appId());
        if (draft.group().getMemberCount() + more > most) {
            throw new MagpieException(ErrorCode.GROUP_FULL, "a group has at most %d members".formatted(most));
        }
    }

    private void requireNotBlocked(Actor by, Collection<String> userIds) {
        var blocks = userIds.stream()
                .filter(userId -> !userId.equals(by.userId()))
                .map(userId -> new Block(new UserKey(by.appId(), userId), by.userId()))
                .toList();
        blacklist.among(blocks).stream().findFirst().ifPresent(block -> {
            throw new MagpieException(
                    ErrorCode.BLOCKED_BY_RECIPIENT, block.user().userId() + " blocks you");
        });
    }

    private void requireRoom(String appId, Collection<String> userIds) {
        var most = settings.get().maxGroups(appId);
        userIds.stream()
                .gather(Gatherers.windowFixed(USERS_PER_QUERY))
                .flatMap(some -> groups.counts(appId, some).stream())
                .filter(count -> count.count() >= most)
                .findFirst()
                .ifPresent(count -> {
                    throw new MagpieException(
                            ErrorCode.GROUP_FULL, "%s is in %d groups already".formatted(count.userId(), most));
                });
    }
}
