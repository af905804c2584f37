package im.magpie.store.message;

import im.magpie.store.conversation.RefusedNameException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed statement says about the values it was given. Everything else a database may complain of passes with time. */
final class SqlFault {

    private static final int DUPLICATE_ENTRY = 1062;

    /** The class of SQL states that means bad data; the servers do not use it for all of theirs. */
    private static final String DATA_EXCEPTION = "22";

    private static final Set<Integer> REFUSED_VALUE = Set.of(
            1048, // a null where there must be none
            1118, // a row that is too large
            1153, // larger than any packet
            1264, // a number out of range
            1265, // would be cut off
            1300, // not of the character set
            1366, // not of the type, or of the character set
            1406, // too long
            3819, // a check, MySQL
            4025); // a check, MariaDB

    /** The driver does not even send a value that is larger than any packet, and has no code for it. */
    private static final String PACKET_TOO_BIG = "PacketTooBigException";

    /** Returns whether a unique key was taken. */
    static boolean isDuplicate(Throwable failure) {
        var cause = sqlCause(failure);
        return cause != null && cause.getErrorCode() == DUPLICATE_ENTRY;
    }

    /** Returns why a value was refused, null when the failure is of another kind. */
    static @Nullable String refusal(Throwable failure) {
        if (failure instanceof RefusedNameException) {
            return failure.getMessage();
        }
        var cause = sqlCause(failure);
        if (cause == null) {
            return null;
        }
        var state = cause.getSQLState();
        var refused = REFUSED_VALUE.contains(cause.getErrorCode())
                || (state != null && state.startsWith(DATA_EXCEPTION))
                || mentions(cause, PACKET_TOO_BIG);
        return refused ? cause.getMessage() : null;
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static boolean mentions(Throwable failure, String className) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals(className)) {
                return true;
            }
        }
        return false;
    }

    private SqlFault() {}
}
