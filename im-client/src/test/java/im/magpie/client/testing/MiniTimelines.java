package im.magpie.client.testing;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.SendRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conversations of {@link MiniMagpie}, each message at its place. */
final class MiniTimelines {

    private final Map<String, List<ChatMessage>> timelines = new HashMap<>();

    List<ChatMessage> of(String conversationId) {
        return timelines.getOrDefault(conversationId, List.of());
    }

    long newest(String conversationId) {
        return of(conversationId).size();
    }

    /** Returns how many messages that somebody has said there are up to a sequence. */
    long ordinal(String conversationId, long sequence) {
        var known = Math.min(sequence, newest(conversationId));
        return known == 0 ? 0 : of(conversationId).get((int) known - 1).getOrdinal();
    }

    Optional<ChatMessage> sent(SendRequest request) {
        return of(request.getConversationId()).stream()
                .filter(message -> message.getClientMessageId().equals(request.getClientMessageId()))
                .findFirst();
    }

    /** Gives a message the next place. */
    ChatMessage append(ChatMessage.Builder unplaced) {
        var id = unplaced.getConversationId();
        var counted = unplaced.getContent().hasGroupEvent() ? 0 : 1;
        var message = unplaced.setSequence(newest(id) + 1)
                .setOrdinal(ordinal(id, newest(id)) + counted)
                .setServerTime(System.currentTimeMillis())
                .build();
        timelines.computeIfAbsent(id, _ -> new ArrayList<>()).add(message);
        return message;
    }
}
