package im.magpie.tcp.lane;

/** A connection and a conversation: within it, messages keep the order in which they came. */
record Pair(long connectionId, String conversationId) {}
