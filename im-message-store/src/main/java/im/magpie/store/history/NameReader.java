package im.magpie.store.history;

import im.magpie.common.rpc.MessageName;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.store.conversation.ConversationKeys;
import im.magpie.store.conversation.ConversationRef;
import im.magpie.store.message.MessageMapper;
import im.magpie.store.message.RowName;
import im.magpie.store.message.StoredMessage;
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

    private final ConversationKeys keys;
    private final MessageMapper messages;

    NameReader(ConversationKeys keys, MessageMapper messages) {
        this.keys = keys;
        this.messages = messages;
    }

    /** Returns a position for each, in their order; sequence 0 for one that is not stored. A placeholder is stored. */
    List<StoredPosition> read(List<MessageName> names) {
        var known = keys.find(names.stream().map(NameReader::conversation).toList());
        Map<RowName, StoredPosition> positions = new HashMap<>();
        names.stream()
                .flatMap(name -> Stream.ofNullable(stored(name, known)))
                .gather(Gatherers.windowFixed(NAMES_PER_QUERY))
                .forEach(some -> messages.named(some).forEach(row -> positions.put(row.name(), position(row))));
        return names.stream()
                .map(name -> {
                    var stored = stored(name, known);
                    var position = stored == null ? null : positions.get(stored);
                    return position == null ? StoredPosition.getDefaultInstance() : position;
                })
                .toList();
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
