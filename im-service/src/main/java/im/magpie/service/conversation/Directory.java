package im.magpie.service.conversation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The distinct conversations of one script call: their names go once, everything else says which by index. */
final class Directory {

    private final Map<ConversationKey, Integer> indexes = new LinkedHashMap<>();

    /** Returns the conversation's index, from 0 in the order of first mention. */
    int indexOf(ConversationKey conversation) {
        var next = indexes.size();
        var index = indexes.putIfAbsent(conversation, next);
        return index == null ? next : index;
    }

    int size() {
        return indexes.size();
    }

    /** Returns the conversations' fields in the order of their indexes. */
    List<byte[]> fields() {
        var fields = new ArrayList<byte[]>(indexes.size());
        indexes.keySet().forEach(key -> fields.add(key.field().getBytes(StandardCharsets.UTF_8)));
        return fields;
    }
}
