package im.magpie.service.http;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.device.SignOuts;
import im.magpie.service.user.UserStates;
import im.magpie.service.usersig.Caller;
import im.magpie.service.usersig.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Verifies the bearer token of every call, before anything else is looked at. */
@Component
final class Authentication implements HandlerInterceptor {

    static final String CALLER = Caller.class.getName();

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final UserStates users;
    private final SignOuts signOuts;

    Authentication(Tokens tokens, UserStates users, SignOuts signOuts) {
        this.tokens = tokens;
        this.users = users;
        this.signOuts = signOuts;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.setAttribute(CALLER, authenticate(request.getHeader(HttpHeaders.AUTHORIZATION)));
        return true;
    }

    private Caller authenticate(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new MagpieException(ErrorCode.USER_SIG_INVALID, "Authorization: Bearer and a token are missing");
        }
        var caller = tokens.caller(header.substring(SCHEME.length()).strip());
        if (caller instanceof Caller.User(var user, var sigIssued)) {
            users.requireEnabled(user);
            signOuts.requireGood(user, sigIssued);
        }
        return caller;
    }
}
