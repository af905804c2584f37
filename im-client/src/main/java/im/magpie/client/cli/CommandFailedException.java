package im.magpie.client.cli;

/** A command can't go on; the message is what its user reads. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
