package im.magpie.service.conversation;

/** The connection a message came from, which is answered by SEND_ACK and gets no push. */
public record Origin(String incarnation, long connectionId) {

    /** Of a message that came from no connection, or from one that is long gone. */
    public static final Origin NONE = new Origin("", 0);
}
