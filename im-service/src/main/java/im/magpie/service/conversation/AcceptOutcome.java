package im.magpie.service.conversation;

import java.util.List;

/** What accept.lua says of an offer, by the numbers it uses: the order is the script's. */
enum AcceptOutcome {
    ACCEPTED,
    DUPLICATE,
    SETTLED,
    CLOCK_AHEAD,
    BUSY,
    SHAPE_CHANGED,
    /** The conversation's head has to be loaded first. */
    NEED_LOAD,
    /** The name has to be looked up in the store first. */
    NEED_LOOKUP,
    /** An earlier offer of the conversation was not accepted for a reason that may pass. */
    HELD,
    /** It is a resend, and nothing of its name is known. */
    NOT_KNOWN,
    /** The event that made the conversation's shape is not confirmed yet. */
    EVENT_OPEN;

    private static final List<AcceptOutcome> BY_CODE = List.of(values());

    static AcceptOutcome of(byte code) {
        return BY_CODE.get(code);
    }

    byte code() {
        return (byte) BY_CODE.indexOf(this);
    }
}
