package im.magpie.appbusiness.signin;

import org.springframework.http.HttpStatus;

/** Why a registration or a login was refused; its name is the {@code code} of the answer. */
enum SignInFault {
    /** The body is no JSON of the expected form, or is larger than any could be. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST),
    INVALID_USER_ID(HttpStatus.BAD_REQUEST),
    INVALID_PASSWORD(HttpStatus.BAD_REQUEST),
    INVALID_NICKNAME(HttpStatus.BAD_REQUEST),
    USER_ID_TAKEN(HttpStatus.CONFLICT),
    /** There is no such user, or the password is another one: which of the two is nobody's business. */
    WRONG_CREDENTIALS(HttpStatus.UNAUTHORIZED),
    TOO_MANY_ATTEMPTS(HttpStatus.TOO_MANY_REQUESTS),
    /** Magpie does not answer, or does not take what this system tells it. */
    CHAT_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** The database does not answer. */
    ACCOUNTS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    SignInFault(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    /** Returns the fault of a field that is not as it should be. */
    static SignInFault inField(String name) {
        return switch (name) {
            case "userId" -> INVALID_USER_ID;
            case "password" -> INVALID_PASSWORD;
            case "nickname" -> INVALID_NICKNAME;
            default -> INVALID_REQUEST;
        };
    }
}
