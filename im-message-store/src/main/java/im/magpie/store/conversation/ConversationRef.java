package im.magpie.store.conversation;

import java.util.Comparator;

/** A conversation of an app, by its names. Ordered as the index of names is, so that writers lock in one order. */
public record ConversationRef(String appId, String conversationId) implements Comparable<ConversationRef> {

    private static final Comparator<ConversationRef> ORDER =
            Comparator.comparing(ConversationRef::appId).thenComparing(ConversationRef::conversationId);

    @Override
    public int compareTo(ConversationRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return appId + "/" + conversationId;
    }
}
