package im.magpie.service.membership;

import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.Set;

/**
 * Whom a message reaches.
 *
 * @param users whose indexes it raises and whose devices are pushed it, each once; messages of a group that say nothing of who is in it have the same
 *     object, as long as its version is remembered
 * @param moved those of them whose list of groups that are not indexed changes by it
 * @param reach how it reaches members who are not among them
 * @param called whose marks it raises, because it mentions them
 */
public record Audience(Collection<UserKey> users, Set<UserKey> moved, Reach reach, Collection<UserKey> called) {}
