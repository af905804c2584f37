package im.magpie.e2e.history;

/** What was read is no history, or one that contradicts itself: whoever wrote it made a mistake, and nothing can be judged by it. */
public final class BadHistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadHistoryException(String message) {
        super(message);
    }

    BadHistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
