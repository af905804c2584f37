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
 * @param moved those of them whose list of groups that are not indexed changes by it
 * @param reach how it reaches members who are not among them
 * @param called whose marks it raises, because it mentions them
 */
record Addressed(
        PendingMessage pending, Set<UserKey> audience, Set<UserKey> moved, Reach reach, Collection<UserKey> called) {

    boolean goesToNodes() {
        return reach != Reach.INDEXED;
    }

    ConversationKey conversation() {
        return pending.position().conversation();
    }
}
