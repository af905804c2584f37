package im.magpie.store.conversation;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;

/** The table takes this name for another one's, as it does where only blanks at the end differ. */
public final class RefusedNameException extends MagpieException {

    private static final long serialVersionUID = 1L;

    RefusedNameException(ConversationRef ref) {
        super(ErrorCode.INVALID_CONVERSATION, "conversation " + ref + " can't be told from another");
    }
}
