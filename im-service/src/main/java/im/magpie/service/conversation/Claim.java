package im.magpie.service.conversation;

import java.util.List;

/**
 * Pending messages whose due time had passed; nobody else gets them before it passes again.
 *
 * @param epoch the epoch in which they are pending
 */
public record Claim(long epoch, List<PendingMessage> messages) {}
