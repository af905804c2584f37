package im.magpie.appbusiness.signin;

/** A registration or a login is refused. The message is a sentence for the user. */
final class SignInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SignInFault fault;

    SignInException(SignInFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    SignInFault fault() {
        return fault;
    }
}
