package im.magpie.service.http;

import im.magpie.codec.protocol.ErrorCode;
import org.springframework.http.HttpStatus;

/** What an error code is in HTTP's words. */
final class HttpStatuses {

    static HttpStatus of(ErrorCode code) {
        return switch (code) {
            case LOGIN_REQUIRED,
                    LOGIN_TIMEOUT,
                    USER_SIG_INVALID,
                    USER_SIG_EXPIRED,
                    USER_SIG_REVOKED,
                    UNKNOWN_APP,
                    UNKNOWN_USER -> HttpStatus.UNAUTHORIZED;
            case USER_DISABLED,
                    NOT_A_PARTICIPANT,
                    RECIPIENT_DISABLED,
                    BLOCKED_BY_RECIPIENT,
                    FORBIDDEN,
                    CHANGE_TOO_LATE,
                    MESSAGE_RECALLED,
                    MESSAGE_OUTLIVED,
                    MUTED,
                    GROUP_FULL,
                    GROUP_DISSOLVED,
                    ROOM_CLOSED,
                    NOT_IN_ROOM,
                    BANNED -> HttpStatus.FORBIDDEN;
            case NOT_FOUND, RECIPIENT_UNKNOWN -> HttpStatus.NOT_FOUND;
            case FRAME_TOO_LARGE, CONTENT_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case MALFORMED_FRAME,
                    UNSUPPORTED_VERSION,
                    MALFORMED_BODY,
                    UNKNOWN_COMMAND,
                    ALREADY_LOGGED_IN,
                    INVALID_REQUEST,
                    INVALID_CONVERSATION,
                    INVALID_CLIENT_MESSAGE_ID,
                    CLOCK_AHEAD,
                    CONTENT_MISSING,
                    INVALID_CONTENT -> HttpStatus.BAD_REQUEST;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case BUSY, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case OK, INTERNAL, UNRECOGNIZED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private HttpStatuses() {}
}
