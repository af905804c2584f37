package im.magpie.infrastructure;

import org.jspecify.annotations.Nullable;

/** A server, or what it stands on, cannot do what it was asked to. The message is a sentence for the person who started Magpie. */
public final class InfrastructureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is; stable, for callers that tell them apart. */
    public enum Code {
        /** Another process, or somebody else in this JVM, works on the same data directory. */
        DATA_DIRECTORY_IN_USE,
        /** The disk under the data directory is too full to begin. */
        DISK_FULL,
        /** A file of the data directory cannot be read or written. */
        DATA_DIRECTORY_UNUSABLE,
        /** There are no server programs for this operating system and processor. */
        PLATFORM_UNSUPPORTED,
        /** A server did not start, or did not stop. */
        SERVER_FAILED,
        /** No free port was found. */
        NO_FREE_PORT,
        /** The calling thread was interrupted while it waited for a server. */
        INTERRUPTED
    }

    private final Code code;

    public InfrastructureException(Code code, String message) {
        this(code, message, null);
    }

    public InfrastructureException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
