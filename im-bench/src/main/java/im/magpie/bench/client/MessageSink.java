package im.magpie.bench.client;

/** Takes messages as they come. */
public interface MessageSink {

    /** @param message is another one when the call has returned */
    void message(MessageView message);

    /** A PULL has brought everything up to here. */
    default void covered(long sequence) {}
}
