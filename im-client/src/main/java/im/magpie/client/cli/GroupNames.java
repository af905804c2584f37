package im.magpie.client.cli;

import im.magpie.client.Groups;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Group;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What groups are called, as far as that is known here. Safe for use by many threads. */
final class GroupNames {

    private static final Logger LOG = LoggerFactory.getLogger(GroupNames.class);

    private final Map<String, String> names = new ConcurrentHashMap<>();

    /** Returns the name of a group, or its id. */
    String of(String groupId) {
        return names.getOrDefault(groupId, groupId);
    }

    /** Returns the id of the group that somebody means: by its name, if one alone has it, or by the id itself. */
    String idOf(String nameOrId) {
        var called = names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(nameOrId))
                .map(Map.Entry::getKey)
                .toList();
        return called.size() == 1 && !names.containsKey(nameOrId) ? called.getFirst() : nameOrId;
    }

    void learn(Group group) {
        names.put(group.getGroupId(), MessageText.harmless(group.getName()));
    }

    /** Learns what an event of a group says of its name, and asks for it where nothing is known. */
    void hear(ChatMessage message, Groups groups) {
        if (ConversationId.parse(message.getConversationId()) instanceof ConversationId.OfGroup(var groupId)) {
            var event = message.getContent().getGroupEvent();
            if (event.hasCreated()) {
                names.put(groupId, MessageText.harmless(event.getCreated().getName()));
            } else if (event.getChanged().hasName()) {
                names.put(groupId, MessageText.harmless(event.getChanged().getName()));
            } else if (!names.containsKey(groupId)) {
                groups.get(groupId).thenAccept(this::learn).exceptionally(GroupNames::stayUnknown);
            }
        }
    }

    /** Asks for the names of all groups of the user. */
    void ask(Groups groups) {
        askBehind("", groups);
    }

    private void askBehind(String last, Groups groups) {
        groups.list(last, 0)
                .thenAccept(page -> {
                    page.getGroupsList().forEach(this::learn);
                    if (page.getMore()) {
                        askBehind(page.getGroupsList().getLast().getGroupId(), groups);
                    }
                })
                .exceptionally(GroupNames::stayUnknown);
    }

    /** Ids will do. */
    private static Void stayUnknown(Throwable why) {
        LOG.debug("Names of groups stay unknown", why);
        return null;
    }
}
