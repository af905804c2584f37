package im.magpie.client.connection;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;
import java.time.Duration;

/** What a refusal means for trying again. */
public final class Retry {

    /** Returns how long to wait: what the server says, or else what the client is set to. */
    public static Duration after(Reply reply, Timings timings) {
        return reply instanceof Reply.Failure failure && failure.detail().getRetryAfterMs() > 0
                ? Duration.ofMillis(failure.detail().getRetryAfterMs())
                : timings.retry();
    }

    /** Returns whether the same request may succeed later. A code that is not known here is taken at its word. */
    public static boolean helps(ErrorCode code) {
        return switch (code) {
            case BUSY, UNAVAILABLE, RATE_LIMITED, INTERNAL, LOGIN_REQUIRED, LOGIN_TIMEOUT -> true;
            case OK,
                    MALFORMED_FRAME,
                    UNSUPPORTED_VERSION,
                    FRAME_TOO_LARGE,
                    MALFORMED_BODY,
                    UNKNOWN_COMMAND,
                    ALREADY_LOGGED_IN,
                    USER_SIG_INVALID,
                    USER_SIG_EXPIRED,
                    USER_SIG_REVOKED,
                    UNKNOWN_APP,
                    UNKNOWN_USER,
                    USER_DISABLED,
                    INVALID_REQUEST,
                    INVALID_CONVERSATION,
                    NOT_A_PARTICIPANT,
                    RECIPIENT_UNKNOWN,
                    RECIPIENT_DISABLED,
                    BLOCKED_BY_RECIPIENT,
                    INVALID_CLIENT_MESSAGE_ID,
                    CLOCK_AHEAD,
                    CONTENT_MISSING,
                    CONTENT_TOO_LARGE,
                    FORBIDDEN,
                    NOT_FOUND,
                    INVALID_CONTENT,
                    CHANGE_TOO_LATE,
                    MESSAGE_RECALLED,
                    MESSAGE_OUTLIVED,
                    GROUP_FULL,
                    GROUP_DISSOLVED,
                    MUTED,
                    ROOM_CLOSED,
                    NOT_IN_ROOM,
                    BANNED,
                    UNRECOGNIZED -> false;
        };
    }

    private Retry() {}
}
