package im.magpie.service.membership;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose lists a message changes, and to whose devices it is pushed: both in a private chat, and in a group whoever is told by his index.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class Audiences {

    private final Rosters rosters;

    public Audiences(Rosters rosters) {
        this.rosters = rosters;
    }

    /**
     * Returns everybody whom a message reaches by his index. Of an event these are the members before and behind it, so that who goes hears of that too; and
     * whoever comes or goes hears of it whatever the group's reach is.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when that is not known and the database does not answer
     */
    public Set<UserKey> of(AcceptedMessage message) {
        var conversation = new ConversationKey(message.getAppId(), message.getConversationId());
        var audience = new LinkedHashSet<>(of(conversation, message.getShapeVersion()));
        if (message.getEvent()) {
            var group = GroupKey.of(conversation);
            audience.addAll(indexed(group, message.getShapeVersion() - 1));
            var movement = Movement.of(message);
            movement.came().forEach(userId -> audience.add(group.user(userId)));
            movement.gone().forEach(userId -> audience.add(group.user(userId)));
        }
        return audience;
    }

    /**
     * Returns everybody whose mark a message raises, by naming him or by calling everybody. Who is no member hears nothing. Where everybody is called in a group that is
     * not told by its members' indexes, that is noted of the group instead, and each one's mark follows from it at SYNC.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when that is not known and the database does not answer
     */
    public Collection<UserKey> called(AcceptedMessage message) {
        if (message.getMentionedUserIdsCount() == 0 && !message.getMentionsAll()) {
            return List.of();
        }
        var conversation = new ConversationKey(message.getAppId(), message.getConversationId());
        return GroupKey.find(conversation)
                .map(group -> called(group, message))
                .orElseGet(() -> named(Members.of(conversation), message));
    }

    private List<UserKey> called(GroupKey group, AcceptedMessage message) {
        var version = message.getShapeVersion();
        if (rosters.reach(group, version) != Reach.INDEXED) {
            if (message.getMentionsAll()) {
                rosters.mentionAll(group, message.getSequence());
            }
            return rosters.among(group, version, message.getMentionedUserIdsList()).stream()
                    .map(group::user)
                    .toList();
        }
        var members = rosters.members(group, version);
        return message.getMentionsAll()
                ? members.stream()
                        .filter(user -> !user.userId().equals(message.getSenderId()))
                        .toList()
                : named(members, message);
    }

    private static List<UserKey> named(List<UserKey> members, AcceptedMessage message) {
        var named = new HashSet<>(message.getMentionedUserIdsList());
        return members.stream().filter(user -> named.contains(user.userId())).toList();
    }

    /** Returns how a message reaches the members who are not in its audience. */
    public Reach reach(AcceptedMessage message) {
        var conversation = new ConversationKey(message.getAppId(), message.getConversationId());
        return GroupKey.find(conversation)
                .map(group -> rosters.reach(group, message.getShapeVersion()))
                .orElse(Reach.INDEXED);
    }

    /** Returns those of an event's audience whose list of groups that are not indexed changes by it. */
    public Set<UserKey> moved(AcceptedMessage event, Set<UserKey> audience) {
        var group = GroupKey.of(new ConversationKey(event.getAppId(), event.getConversationId()));
        var indexed = rosters.reach(group, event.getShapeVersion()) == Reach.INDEXED;
        if (indexed != (rosters.reach(group, event.getShapeVersion() - 1) == Reach.INDEXED)) {
            return audience;
        }
        if (indexed) {
            return Set.of();
        }
        var movement = Movement.of(event);
        return Stream.concat(movement.came().stream(), movement.gone().stream())
                .map(group::user)
                .collect(Collectors.toSet());
    }

    /** Returns everybody whom a message reaches by his index that has this shape. */
    public List<UserKey> of(ConversationKey conversation, long shape) {
        return GroupKey.find(conversation)
                .map(group -> indexed(group, shape))
                .orElseGet(() -> Members.of(conversation));
    }

    private List<UserKey> indexed(GroupKey group, long version) {
        return rosters.reach(group, version) == Reach.INDEXED ? rosters.members(group, version) : List.of();
    }
}
