package im.magpie.appbusiness.signin;

import im.magpie.appbusiness.account.Account;
import im.magpie.appbusiness.account.Accounts;
import im.magpie.appbusiness.account.Passwords;
import im.magpie.appbusiness.magpie.Gateway;
import im.magpie.appbusiness.magpie.MagpieApi;
import im.magpie.appbusiness.magpie.MagpieProperties;
import im.magpie.appbusiness.magpie.Signer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;

/** The business system's own registration and login. */
@RestController
class SignInController {

    /** As Magpie has it, but for what has a meaning of its own in a path, by which Magpie could not be told of the user. */
    private static final String USER_ID = "(?!\\.{1,2}$)[A-Za-z0-9._@+-]{1,64}";

    private static final Logger log = LoggerFactory.getLogger(SignInController.class);

    private final Accounts accounts;
    private final Passwords passwords;
    private final Attempts attempts;
    private final MagpieApi magpie;
    private final Signer signer;
    private final String appId;

    SignInController(
            Accounts accounts,
            Passwords passwords,
            Attempts attempts,
            MagpieApi magpie,
            Signer signer,
            MagpieProperties properties) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.magpie = magpie;
        this.signer = signer;
        this.appId = properties.appId();
    }

    /** The password has no constraint that a value could fail, because such a value would be logged where somebody looks for a fault. */
    record Registration(
            @NotNull @Pattern(regexp = USER_ID, message = "is 1 to 64 of A-Za-z0-9._@+- but not . or ..")
            String userId,

            @NotNull String password,
            @Nullable @Size(min = 1, max = 64) String nickname) {

        /** Without the password, for the same reason. */
        @Override
        public String toString() {
            return "Registration[" + userId + "]";
        }
    }

    record Credentials(
            @NotNull @Pattern(regexp = USER_ID, message = "is not one that anybody has")
            String userId,

            @NotNull String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + userId + "]";
        }
    }

    /** Everything a client needs to connect to Magpie. */
    record SignedIn(String appId, String userId, String userSig, Instant expiresAt, List<Gateway> gateways) {

        /** Without the token. */
        @Override
        public String toString() {
            return "SignedIn[" + userId + ", until " + expiresAt + "]";
        }
    }

    /** Answers as a login does; there are no gateways while Magpie is away, and then the user logs in later to become known to it. */
    @PostMapping("/v1/register")
    @ResponseStatus(HttpStatus.CREATED)
    SignedIn register(@Valid @RequestBody Registration registration) {
        if (!Passwords.acceptable(registration.password())) {
            throw new SignInException(SignInFault.INVALID_PASSWORD, "a password has 8 characters to 72 bytes");
        }
        var nickname = Optional.ofNullable(registration.nickname()).orElse(registration.userId());
        var account = new Account(registration.userId(), nickname, passwords.hash(registration.password()), false);
        if (!accounts.add(account)) {
            throw new SignInException(SignInFault.USER_ID_TAKEN, "this user id is taken");
        }
        try {
            return signIn(account);
        } catch (RestClientException e) {
            log.warn("{} is registered while Magpie is away: {}", account.userId(), e.toString());
            return signedIn(account, List.of());
        }
    }

    @PostMapping("/v1/login")
    SignedIn login(@Valid @RequestBody Credentials credentials) {
        if (!Passwords.fits(credentials.password())) {
            throw new SignInException(SignInFault.INVALID_PASSWORD, "a password has at most 72 bytes");
        }
        var account = authenticate(credentials);
        try {
            return signIn(account);
        } catch (RestClientException e) {
            log.warn("No login of {}: {}", account.userId(), e.toString());
            throw new SignInException(SignInFault.CHAT_UNAVAILABLE, "chat is out of reach, try again");
        }
    }

    private Account authenticate(Credentials credentials) {
        var userId = credentials.userId();
        // First, so that no attempt is used up when the database does not answer.
        var account = accounts.find(userId);
        if (!attempts.begin(userId)) {
            throw new SignInException(SignInFault.TOO_MANY_ATTEMPTS, "too many attempts, try again later");
        }
        if (!passwords.matches(credentials.password(), account)) {
            throw new SignInException(SignInFault.WRONG_CREDENTIALS, "user id or password is wrong");
        }
        attempts.succeeded(userId);
        return account.orElseThrow();
    }

    private SignedIn signIn(Account account) {
        if (!account.imported()) {
            magpie.importUser(account.userId(), account.nickname());
            accounts.imported(account.userId());
        }
        return signedIn(account, magpie.gateways());
    }

    private SignedIn signedIn(Account account, List<Gateway> gateways) {
        var userSig = signer.userSig(account.userId());
        return new SignedIn(appId, account.userId(), userSig.token(), userSig.expiresAt(), gateways);
    }
}
