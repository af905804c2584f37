package im.magpie.store.history;

import im.magpie.common.rpc.ConversationHead;
import im.magpie.common.rpc.ConversationName;
import im.magpie.store.conversation.ConversationKeys;
import im.magpie.store.conversation.ConversationRef;
import im.magpie.store.conversation.ConversationRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the newest positions of conversations. Safe for use by many threads. */
@Component
final class HeadReader {

    private final ConversationKeys conversations;

    HeadReader(ConversationKeys conversations) {
        this.conversations = conversations;
    }

    /** Returns a head for each, in their order; all 0 for one that has no row. */
    List<ConversationHead> read(List<ConversationName> names) {
        var refs = names.stream()
                .map(name -> new ConversationRef(name.getAppId(), name.getConversationId()))
                .toList();
        Map<ConversationRef, ConversationHead> heads = new HashMap<>();
        conversations.rows(refs).forEach(row -> heads.put(row.ref(), head(row)));
        return refs.stream()
                .map(ref -> heads.getOrDefault(ref, ConversationHead.getDefaultInstance()))
                .toList();
    }

    private static ConversationHead head(ConversationRow row) {
        return ConversationHead.newBuilder()
                .setLastSequence(row.lastSequence())
                .setLastOrdinal(row.lastOrdinal())
                .setLastTime(row.lastTime())
                .setShapeVersion(row.shapeVersion())
                .build();
    }
}
