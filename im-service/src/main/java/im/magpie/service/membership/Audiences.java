package im.magpie.service.membership;

import static java.util.stream.Collectors.toSet;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
     * Returns whom a message reaches. An event reaches the members before and behind it, so that who goes hears of that too; and whoever comes or goes hears of it
     * whatever the group's reach is.
     *
     * <p>Where a message calls everybody in a group that is not told by its members' indexes, that is noted of the group, and each one's mark follows from it at SYNC.
     *
     * @param movement who comes and goes by it
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when that is not known and the database does not answer
     */
    public Audience of(AcceptedMessage message, Movement movement) {
        return switch (ConversationId.parse(message.getConversationId())) {
            case ConversationId.OfTwo two -> ofTwo(Members.of(message.getAppId(), two), message);
            case ConversationId.OfGroup(var groupId) -> {
                var group = new GroupKey(message.getAppId(), groupId);
                yield message.getEvent() ? ofEvent(group, message, movement) : ofMessage(group, message);
            }
        };
    }

    private static Audience ofTwo(List<UserKey> both, AcceptedMessage message) {
        return new Audience(both, Set.of(), Reach.INDEXED, named(both, message));
    }

    private Audience ofMessage(GroupKey group, AcceptedMessage message) {
        var version = message.getShapeVersion();
        var reach = rosters.reach(group, version);
        return new Audience(indexed(group, version), Set.of(), reach, called(group, reach, message));
    }

    private Audience ofEvent(GroupKey group, AcceptedMessage event, Movement movement) {
        var version = event.getShapeVersion();
        var reach = rosters.reach(group, version);
        var moving = Stream.concat(movement.came().stream(), movement.gone().stream())
                .map(group::user)
                .collect(toSet());
        var users = new LinkedHashSet<>(indexed(group, version));
        users.addAll(indexed(group, version - 1));
        users.addAll(moving);
        return new Audience(users, moved(group, version, users, moving), reach, List.of());
    }

    private Set<UserKey> moved(GroupKey group, long version, Set<UserKey> users, Set<UserKey> moving) {
        var isIndexed = rosters.reach(group, version) == Reach.INDEXED;
        var wasIndexed = rosters.reach(group, version - 1) == Reach.INDEXED;
        if (isIndexed != wasIndexed) {
            return users;
        }
        return isIndexed ? Set.of() : moving;
    }

    /** Who is no member hears nothing. */
    private Collection<UserKey> called(GroupKey group, Reach reach, AcceptedMessage message) {
        if (message.getMentionedUserIdsCount() == 0 && !message.getMentionsAll()) {
            return List.of();
        }
        var version = message.getShapeVersion();
        if (reach != Reach.INDEXED) {
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
        if (message.getMentionedUserIdsCount() == 0) {
            return List.of();
        }
        var named = new HashSet<>(message.getMentionedUserIdsList());
        return members.stream().filter(user -> named.contains(user.userId())).toList();
    }

    /** Returns everybody whom a message reaches by his index that has this shape. */
    public List<UserKey> of(ConversationKey conversation, long shape) {
        return switch (ConversationId.parse(conversation.conversationId())) {
            case ConversationId.OfTwo two -> Members.of(conversation.appId(), two);
            case ConversationId.OfGroup(var groupId) -> indexed(new GroupKey(conversation.appId(), groupId), shape);
        };
    }

    private List<UserKey> indexed(GroupKey group, long version) {
        return rosters.reach(group, version) == Reach.INDEXED ? rosters.members(group, version) : List.of();
    }
}
