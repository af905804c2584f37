package im.magpie.service.conversation;

/**
 * A message's place.
 *
 * @param sequence dense in the conversation, from 1
 * @param ordinal how many countable messages there are up to it
 */
public record Position(ConversationKey conversation, long sequence, long ordinal) {}
