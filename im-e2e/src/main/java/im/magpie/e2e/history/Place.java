package im.magpie.e2e.history;

/**
 * What a device is told of its own entry.
 *
 * @param clientMessageId the name that the device gave it
 * @param sequence its place in the conversation
 * @param serverTime unix milliseconds
 */
public record Place(String clientMessageId, long sequence, long serverTime) {}
