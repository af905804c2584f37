package im.magpie.service.conversation;

/**
 * How far a conversation can be read.
 *
 * @param sequence the confirmed position, 0 when there is nothing
 * @param ordinal the ordinal there
 */
public record Head(long sequence, long ordinal) {}
