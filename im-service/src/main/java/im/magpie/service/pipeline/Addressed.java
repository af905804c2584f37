package im.magpie.service.pipeline;

import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.membership.Reach;
import java.util.Collection;
import java.util.Set;

/**
 * A message and everybody whose index it raises and whose devices are pushed it.
 *
 * @param called whose marks it raises, because it mentions them
 * @param moved those of the audience whose list of groups that are not indexed changes by it
 * @param reach how it reaches members who are not in the audience
 */
record Addressed(
        PendingMessage pending, Set<UserKey> audience, Collection<UserKey> called, Set<UserKey> moved, Reach reach) {

    boolean goesToNodes() {
        return reach != Reach.INDEXED;
    }

    ConversationKey conversation() {
        return pending.position().conversation();
    }
}
