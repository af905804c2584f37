package im.magpie.codec.conversation;

import im.magpie.codec.id.Identifiers;
import java.util.List;

/**
 * The name of a conversation: {@code private_{smaller}_{larger}} or {@code group_{group id}}. Its text is the name that travels.
 */
public sealed interface ConversationId {

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException when it is not exactly the text of a conversation's name
     */
    static ConversationId parse(String text) {
        if (text.startsWith(OfTwo.PREFIX)) {
            return OfTwo.parse(text);
        }
        if (text.startsWith(OfGroup.PREFIX)) {
            return new OfGroup(text.substring(OfGroup.PREFIX.length()));
        }
        throw new IllegalArgumentException(
                "a conversation's name begins with %s or %s".formatted(OfTwo.PREFIX, OfGroup.PREFIX));
    }

    /** Returns whether a name, if it is one, is a group's. */
    static boolean isOfGroup(String text) {
        return text.startsWith(OfGroup.PREFIX);
    }

    /**
     * Returns the private chat of two users, whichever is named first.
     *
     * @throws IllegalArgumentException when one of them is no user id, or both are the same
     */
    static OfTwo privateBetween(String a, String b) {
        return a.compareTo(b) < 0 ? new OfTwo(a, b) : new OfTwo(b, a);
    }

    /**
     * The private chat of two users.
     *
     * @param smaller the user whose id comes first by {@link String#compareTo}
     */
    record OfTwo(String smaller, String larger) implements ConversationId {

        private static final String PREFIX = "private_";
        private static final char SEPARATOR = '_';
        /** An underscore within a user id, which no user id contains, so that the name can be split again without doubt. */
        private static final char ESCAPED_SEPARATOR = '~';

        public OfTwo {
            requireUserId(smaller);
            requireUserId(larger);
            var order = smaller.compareTo(larger);
            if (order == 0) {
                throw new IllegalArgumentException("nobody chats with himself");
            }
            if (order > 0) {
                throw new IllegalArgumentException("the participants' order is " + privateBetween(larger, smaller));
            }
        }

        private static OfTwo parse(String text) {
            var middle = text.indexOf(SEPARATOR, PREFIX.length());
            if (middle < 0) {
                throw new IllegalArgumentException("a private conversation has two participants");
            }
            var id = new OfTwo(unescape(text.substring(PREFIX.length(), middle)), unescape(text.substring(middle + 1)));
            if (!id.toString().equals(text)) {
                throw new IllegalArgumentException("the participants' conversation is " + id);
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
                throw new IllegalArgumentException(userId + " is not in " + this);
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
        public String toString() {
            return PREFIX + escape(smaller) + SEPARATOR + escape(larger);
        }
    }

    /** A group's. */
    record OfGroup(String groupId) implements ConversationId {

        private static final String PREFIX = "group_";

        public OfGroup {
            if (!Identifiers.isGroupId(groupId)) {
                throw new IllegalArgumentException("not a group id");
            }
        }

        @Override
        public String toString() {
            return PREFIX + groupId;
        }
    }
}
