package im.magpie.store.history;

import static java.util.Objects.requireNonNull;

import im.magpie.common.rpc.MessageName;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.store.conversation.ConversationKeys;
import im.magpie.store.conversation.ConversationMapper;
import im.magpie.store.conversation.ConversationRef;
import im.magpie.store.message.MessageMapper;
import im.magpie.store.message.RowName;
import im.magpie.store.message.StoredMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds messages by their names. Safe for use by many threads. */
@Component
final class NameReader {

    private static final int NAMES_PER_QUERY = 500;

    /** How far an id may be ahead of the time at which its message was accepted. */
    private static final long ID_AHEAD_MILLIS = Duration.ofMinutes(10).toMillis();

    private final ConversationKeys keys;
    private final ConversationMapper conversations;
    private final MessageMapper messages;

    NameReader(ConversationKeys keys, ConversationMapper conversations, MessageMapper messages) {
        this.keys = keys;
        this.conversations = conversations;
        this.messages = messages;
    }

    /**
     * Returns a position for each, in their order; sequence 0 for one that is not stored. A placeholder is stored. What was deleted is looked at after the
     * rows, so that a row which goes meanwhile is among it.
     */
    List<StoredPosition> read(List<MessageName> names) {
        var known = keys.find(names.stream().map(NameReader::conversation).toList());
        var asked = names.stream()
                .flatMap(name -> Stream.ofNullable(stored(name, known)))
                .toList();
        Map<RowName, StoredPosition> positions = new HashMap<>();
        asked.stream()
                .gather(Gatherers.windowFixed(NAMES_PER_QUERY))
                .forEach(some -> messages.named(some).forEach(row -> positions.put(row.name(), position(row))));
        var outlived = outlivedTimes(
                asked.stream().filter(name -> !positions.containsKey(name)).toList());
        return names.stream()
                .map(name -> {
                    var stored = stored(name, known);
                    var position = stored == null ? null : positions.get(stored);
                    return position == null ? missing(stored, outlived) : position;
                })
                .toList();
    }

    /** Returns the time of the newest message that was deleted in each of these names' conversations, by their keys. */
    private Map<Long, Long> outlivedTimes(List<RowName> names) {
        Map<Long, Long> times = new HashMap<>();
        names.stream()
                .map(RowName::conversationKey)
                .distinct()
                .gather(Gatherers.windowFixed(NAMES_PER_QUERY))
                .forEach(some -> conversations
                        .outlived(some)
                        .forEach(range -> times.put(range.conversationKey(), range.outlivedTime())));
        return times;
    }

    private static StoredPosition missing(@Nullable RowName name, Map<Long, Long> outlived) {
        var time = name == null ? null : outlived.get(name.conversationKey());
        return StoredPosition.newBuilder()
                .setMayHaveOutlived(time != null && idTime(requireNonNull(name)) <= time + ID_AHEAD_MILLIS)
                .build();
    }

    /** Returns the time that a client message id begins with, unix milliseconds. */
    private static long idTime(RowName name) {
        return name.clientMessageId().asReadOnlyByteBuffer().getLong() >>> Short.SIZE;
    }

    private static ConversationRef conversation(MessageName name) {
        return new ConversationRef(name.getAppId(), name.getConversationId());
    }

    /** Returns how the table names it, null when it can't hold it because it does not know the conversation. */
    private static @Nullable RowName stored(MessageName name, Map<ConversationRef, Long> keys) {
        var key = keys.get(conversation(name));
        return key == null ? null : new RowName(key, name.getClientMessageId(), name.getSenderId());
    }

    private static StoredPosition position(StoredMessage row) {
        return StoredPosition.newBuilder()
                .setSequence(row.sequence())
                .setOrdinal(row.ordinal())
                .setServerTime(row.serverTime())
                .build();
    }
}
