package im.magpie.codec.conversation;

import im.magpie.codec.id.Identifiers;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a private chat: {@code private_{smaller}_{larger}}, its two user ids in the order of {@link String#compareTo}. An underscore within
 * a user id is written {@code ~}, which no user id contains, so that the name can be split again without doubt.
 */
public final class ConversationId {

    private static final String PRIVATE = "private_";
    private static final char SEPARATOR = '_';
    private static final char ESCAPED_SEPARATOR = '~';

    private final String smaller;
    private final String larger;
    private final String text;

    private ConversationId(String smaller, String larger) {
        this.smaller = smaller;
        this.larger = larger;
        this.text = PRIVATE + escape(smaller) + SEPARATOR + escape(larger);
    }

    /**
     * Returns the private chat of two users, whichever is named first.
     *
     * @throws IllegalArgumentException when one of them is no user id, or both are the same
     */
    public static ConversationId privateBetween(String a, String b) {
        requireUserId(a);
        requireUserId(b);
        var order = a.compareTo(b);
        if (order == 0) {
            throw new IllegalArgumentException("nobody chats with himself");
        }
        return order < 0 ? new ConversationId(a, b) : new ConversationId(b, a);
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException when it is not exactly what {@link #toString} of a conversation would give
     */
    public static ConversationId parse(String text) {
        if (!text.startsWith(PRIVATE)) {
            throw new IllegalArgumentException("a conversation's name begins with " + PRIVATE);
        }
        var middle = text.indexOf(SEPARATOR, PRIVATE.length());
        if (middle < 0) {
            throw new IllegalArgumentException("a private conversation has two participants");
        }
        var first = unescape(text.substring(PRIVATE.length(), middle));
        var second = unescape(text.substring(middle + 1));
        var id = privateBetween(first, second);
        if (!id.text.equals(text)) {
            throw new IllegalArgumentException("the participants' order is " + id);
        }
        return id;
    }

    /** Returns both users, the smaller first. */
    public List<String> participants() {
        return List.of(smaller, larger);
    }

    public boolean includes(String userId) {
        return smaller.equals(userId) || larger.equals(userId);
    }

    /**
     * Returns the other participant.
     *
     * @throws IllegalArgumentException when the user is none himself
     */
    public String peerOf(String userId) {
        if (!includes(userId)) {
            throw new IllegalArgumentException(userId + " is not in " + text);
        }
        return smaller.equals(userId) ? larger : smaller;
    }

    private static void requireUserId(String userId) {
        if (!Identifiers.isUserId(userId)) {
            throw new IllegalArgumentException("not a user id");
        }
    }

    private static String escape(String userId) {
        return userId.replace(SEPARATOR, ESCAPED_SEPARATOR);
    }

    private static String unescape(String part) {
        return part.replace(ESCAPED_SEPARATOR, SEPARATOR);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConversationId id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
