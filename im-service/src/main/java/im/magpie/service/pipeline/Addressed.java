package im.magpie.service.pipeline;

import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.PendingMessage;
import java.util.Collection;
import java.util.Set;

/**
 * A message and everybody whose index it raises and whose devices are pushed it.
 *
 * @param called whose marks it raises, because it mentions them
 */
record Addressed(PendingMessage pending, Set<UserKey> audience, Collection<UserKey> called) {}
