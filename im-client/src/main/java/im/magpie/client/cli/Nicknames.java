package im.magpie.client.cli;

import im.magpie.client.Groups;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.GroupMember;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What members are called in those groups of which the user wants to see that. Safe for use by many threads. */
final class Nicknames {

    private static final Logger LOG = LoggerFactory.getLogger(Nicknames.class);
    /** Of larger groups those are known who are renamed from now on. */
    private static final int MOST_PAGES = 10;

    private final Map<String, Map<String, String>> shown = new ConcurrentHashMap<>();

    /** Members of a group are called by their nicknames from now on, as soon as these are known here; or they are not. */
    void show(String conversationId, boolean wanted, Groups groups) {
        if (!wanted) {
            shown.remove(conversationId);
        } else if (ConversationId.parse(conversationId) instanceof ConversationId.OfGroup(var groupId)
                && shown.putIfAbsent(conversationId, new ConcurrentHashMap<>()) == null) {
            ask(conversationId, groupId, "", MOST_PAGES, groups);
        }
    }

    private void ask(String conversationId, String groupId, String last, int pages, Groups groups) {
        groups.members(groupId, last, 0)
                .thenAccept(page -> {
                    // What events say is newer.
                    learn(conversationId, page.getMembersList(), Map::putIfAbsent);
                    if (page.getMore() && pages > 1) {
                        ask(
                                conversationId,
                                groupId,
                                page.getMembersList().getLast().getUserId(),
                                pages - 1,
                                groups);
                    }
                })
                .exceptionally(why -> {
                    LOG.debug("Nicknames stay unknown in {}", groupId, why);
                    return null;
                });
    }

    /** Learns what an event of a group says of them. */
    void hear(ChatMessage message) {
        var event = message.getContent().getGroupEvent();
        if (event.hasRenamed()) {
            learn(message.getConversationId(), event.getRenamed().getMembersList(), Map::put);
        }
    }

    /** How something is learnt of a user. */
    private interface Learning {
        @Nullable
        String put(Map<String, String> names, String userId, String nickname);
    }

    private void learn(String conversationId, Collection<GroupMember> members, Learning learning) {
        shown.computeIfPresent(conversationId, (_, names) -> {
            members.forEach(
                    member -> learning.put(names, member.getUserId(), MessageText.harmless(member.getNickname())));
            return names;
        });
    }

    /** Returns what the sender of a message is called in its conversation: by his nickname, or his id. */
    String senderOf(ChatMessage message) {
        var name = shown.getOrDefault(message.getConversationId(), Map.of()).getOrDefault(message.getSenderId(), "");
        return name.isBlank() ? message.getSenderId() : name;
    }
}
