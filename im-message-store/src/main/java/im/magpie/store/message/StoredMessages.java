package im.magpie.store.message;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/** What the table holds in the places and under the names of some messages. For one transaction on one thread. */
final class StoredMessages {

    private static final int ROWS_PER_QUERY = 500;

    /** How a message relates to what is stored. */
    enum Relation {
        /** Neither its place nor its name is taken. */
        NEW,
        /** It is there. */
        STORED,
        /** Its placeholder is there, and it has content. */
        VACANT,
        /** Its place or its name is taken by another. */
        CONFLICTING
    }

    private final Map<RowPlace, StoredMessage> byPlace = new HashMap<>();
    private final Map<RowName, StoredMessage> byName = new HashMap<>();

    static StoredMessages about(Collection<MessageRow> rows, MessageMapper mapper) {
        var stored = new StoredMessages();
        rows.stream().gather(Gatherers.windowFixed(ROWS_PER_QUERY)).forEach(some -> stored.load(some, mapper));
        return stored;
    }

    private void load(List<MessageRow> rows, MessageMapper mapper) {
        mapper.inPlaces(rows.stream().map(MessageRow::place).toList()).forEach(this::add);
        mapper.named(rows.stream().map(MessageRow::name).toList()).forEach(this::add);
    }

    private void add(StoredMessage message) {
        byPlace.put(message.place(), message);
        byName.put(message.name(), message);
    }

    /** Takes note of a row that is about to be written, so that its double in the same batch is found. */
    void add(MessageRow row) {
        add(new StoredMessage(
                row.conversationKey(),
                row.sequence(),
                row.senderId(),
                row.clientMessageId(),
                row.ordinal(),
                row.serverTime(),
                row.content() == null));
    }

    Relation relationOf(MessageRow row) {
        var nearest = nearest(row);
        if (nearest == null) {
            return Relation.NEW;
        }
        if (!nearest.place().equals(row.place()) || !nearest.name().equals(row.name())) {
            return Relation.CONFLICTING;
        }
        return nearest.placeholder() && row.content() != null ? Relation.VACANT : Relation.STORED;
    }

    /** Returns what lies in the row's place, else what has its name, else null. */
    @Nullable
    StoredMessage nearest(MessageRow row) {
        var inPlace = byPlace.get(row.place());
        return inPlace != null ? inPlace : byName.get(row.name());
    }
}
