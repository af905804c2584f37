package im.magpie.service.conversation;

import im.magpie.common.broker.AcceptedMessage;
import java.util.List;

/**
 * What the window had of a range.
 *
 * @param head how far the conversation could be read at that moment
 * @param to where the page ends: the range's end, the limit, or the head, whichever comes first. A sequence of (after, to] that is not
 *     among the messages is in the store, or is one that nobody will ever have
 * @param messages in the order of their sequences
 */
public record WindowPage(Head head, long to, List<AcceptedMessage> messages) {}
