package im.magpie.service.change;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.service.conversation.Offer;

/** Whether a change may be made. */
public sealed interface ChangeVerdict {

    /** @param offer on the terms on which it may be offered: one that was accepted before is a resend */
    record Allowed(Offer offer) implements ChangeVerdict {}

    /** @param reason for a developer to read */
    record Refused(ErrorCode code, String reason) implements ChangeVerdict {}
}
