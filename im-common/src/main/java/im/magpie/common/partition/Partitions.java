package im.magpie.common.partition;

/**
 * How a deployment divides its conversations and its users. Fixed at a deployment's first start: keys in Redis, queues in the broker and
 * epochs in MySQL all hang on it.
 *
 * @param conversations how many conversation partitions there are
 * @param users how many user partitions there are
 * @param storeQueues how many store queues the conversation partitions share
 */
public record Partitions(int conversations, int users, int storeQueues) {

    public Partitions {
        requirePositive("conversations", conversations);
        requirePositive("users", users);
        requirePositive("storeQueues", storeQueues);
        if (storeQueues > conversations) {
            throw new IllegalArgumentException(
                    "storeQueues (%d) must not exceed conversations (%d)".formatted(storeQueues, conversations));
        }
    }

    /** Returns the partition of a conversation, from 0. */
    public int ofConversation(String appId, String conversationId) {
        return Math.floorMod(hash(appId, conversationId), conversations);
    }

    /** Returns the partition of a user, from 0. */
    public int ofUser(String appId, String userId) {
        return Math.floorMod(hash(appId, userId), users);
    }

    /** Returns the store queue of a conversation partition, from 0. */
    public int storeQueue(int conversationPartition) {
        return conversationPartition % storeQueues;
    }

    /** Returns a well-spread hash of a name within an app; the same on every JVM for good. */
    public static int hash(String appId, String name) {
        int hash = fnv(fnv(0x811C9DC5, appId) * 0x01000193, name);
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        return hash ^ hash >>> 13;
    }

    private static int fnv(int seed, String text) {
        int hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x01000193;
        }
        return hash;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, is %d".formatted(name, value));
        }
    }
}
