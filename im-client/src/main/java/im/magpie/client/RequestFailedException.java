package im.magpie.client;

import im.magpie.client.connection.Link;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;

/**
 * The server answered a request with an error. UNAVAILABLE where no answer could be had: what was asked may have been
 * done, or may still be done later. The message is for developers.
 */
public final class RequestFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;
    private final int retryAfterMillis;

    public RequestFailedException(ErrorCode code, String message, int retryAfterMillis) {
        super(code + ": " + message);
        this.code = code;
        this.detail = message;
        this.retryAfterMillis = retryAfterMillis;
    }

    static RequestFailedException of(Reply.Failure failure) {
        return new RequestFailedException(
                failure.code(), failure.detail().getMessage(), failure.detail().getRetryAfterMs());
    }

    /** Of a request that got no answer. */
    static RequestFailedException noAnswer(String why) {
        return new RequestFailedException(ErrorCode.UNAVAILABLE, why, 0);
    }

    public ErrorCode code() {
        return code;
    }

    /** Returns what the server says about it, without the code. */
    public String detail() {
        return detail;
    }

    /**
     * Returns how long the server asks to wait before the request is tried again, in milliseconds; 0 where it does not
     * say.
     */
    public int retryAfterMillis() {
        return retryAfterMillis;
    }

    static RequestFailedException unexpected(Reply reply) {
        return new RequestFailedException(ErrorCode.INTERNAL, "answered with " + reply.command(), 0);
    }

    /** Returns what a server would have said. */
    Reply.Failure reply() {
        return Link.failure(code, detail);
    }
}
