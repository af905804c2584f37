package im.magpie.service.timeline;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.WindowRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds to the entries of a list of conversations what was said last in each. */
final class NewestMessages {

    /** How far back is looked at once: most conversations end with a message, some with a few changes. */
    private static final List<Integer> STEPS = List.of(1, 20, 200);

    private final MessageReader messages;
    private final long maxBytes;

    NewestMessages(MessageReader messages, TimelineProperties properties) {
        this.messages = messages;
        this.maxBytes = properties.pullSize().toBytes();
    }

    /** Returns the entries with their newest messages, as many as fit into a reply; one that is far behind nothing but changes and events is left out too. */
    List<ConversationEntry> addTo(List<ConversationEntry> entries, UserKey user) {
        Map<String, ChatMessage> found = new HashMap<>();
        var open = entries.stream()
                .filter(entry -> entry.getNewestSequence() > entry.getSettings().getDeletedUntil())
                .toList();
        for (var step : STEPS) {
            open = open.stream()
                    .filter(entry -> !found.containsKey(entry.getConversationId()))
                    .toList();
            find(open, user, step, found);
        }
        var bytes = 0L;
        var complete = new ArrayList<ConversationEntry>(entries.size());
        for (var entry : entries) {
            var newest = found.get(entry.getConversationId());
            bytes += newest == null ? 0 : newest.getSerializedSize();
            complete.add(
                    newest == null || bytes > maxBytes
                            ? entry
                            : entry.toBuilder().setNewestMessage(newest).build());
        }
        return complete;
    }

    private void find(List<ConversationEntry> entries, UserKey user, int step, Map<String, ChatMessage> found) {
        var ranges = entries.stream()
                .map(entry -> new WindowRange(
                        new ConversationKey(user.appId(), entry.getConversationId()),
                        Math.max(0, entry.getNewestSequence() - step),
                        entry.getNewestSequence(),
                        step))
                .toList();
        var pages = messages.read(user.userId(), ranges);
        for (var i = 0; i < pages.size(); i++) {
            var entry = entries.get(i);
            pages.get(i).without(entry.getSettings()).messages().reversed().stream()
                    .filter(message -> Contents.isCounted(message.getContent()))
                    .findFirst()
                    .ifPresent(message -> found.put(entry.getConversationId(), message));
        }
    }
}
