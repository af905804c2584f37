package im.magpie.client.store;

/** What the records of a device's log are, and which protobuf message each is. */
final class RecordType {

    /** An IndexVersion. */
    static final byte VERSION = 1;

    /** A PulledRange: messages, and the position behind them. */
    static final byte MESSAGES = 2;

    /** A SendRequest. */
    static final byte ENQUEUED = 3;

    /** A SendRequest, with nothing but its client message id. */
    static final byte DEQUEUED = 4;

    /** A ChatMessage: the newer state of one that came before. */
    static final byte CHANGED = 5;

    /** A SettingsPush. */
    static final byte SETTINGS = 6;

    /** A ConversationPosition up to which the user has read. */
    static final byte READ = 7;

    /** A ConversationPosition up to which the server knows that he has. */
    static final byte TOLD = 8;

    /** A Receipt: how far somebody is in a conversation. */
    static final byte WATERMARK = 9;

    /** A LoginRequest, with nothing but its run and its attempt: the last one that was counted. */
    static final byte LOGIN = 10;

    private RecordType() {}
}
