package im.magpie.service.conversation;

/** On what terms a message that is not known yet is accepted. */
public enum Admission {

    /** Within the bound of uncommitted work. */
    BOUNDED,

    /** Also over that bound, because it was accepted once already, in an epoch gone by. */
    EXEMPT,

    /**
     * Not at all: its sender may not write any more, and the message passed the check for the sake of the answer that it had when it was accepted. If
     * nothing of that name is known after all, it has to be checked again.
     */
    RESEND,

    /** The event that makes the conversation's shape the offer's, where it has the one before that: also over the bound, and counted by nobody. */
    EVENT;

    /** Returns the number by which accept.lua knows it. */
    byte code() {
        return switch (this) {
            case BOUNDED -> 0;
            case EXEMPT -> 1;
            case RESEND -> 2;
            case EVENT -> 3;
        };
    }
}
