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
import org.springframework.web.server.ResponseStatusException;

/** The business system's own registration and login. */
@RestController
class SignInController {

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

    record Registration(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._@+-]{1,64}")
            String userId,

            @NotNull @Size(min = 8, max = 72) String password,
            @Nullable @Size(min = 1, max = 64) String nickname) {}

    record Registered(String userId) {}

    record Credentials(
            @NotNull @Size(max = 64) String userId,
            @NotNull @Size(max = 72) String password) {}

    /** Everything a client needs to connect to Magpie. */
    record SignedIn(String appId, String userId, String userSig, Instant expiresAt, List<Gateway> gateways) {}

    @PostMapping("/v1/register")
    @ResponseStatus(HttpStatus.CREATED)
    Registered register(@Valid @RequestBody Registration registration) {
        if (!Passwords.fits(registration.password())) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "a password has at most 72 bytes");
        }
        var nickname = Optional.ofNullable(registration.nickname()).orElse(registration.userId());
        var account = new Account(registration.userId(), nickname, passwords.hash(registration.password()), false);
        if (!accounts.add(account)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "this user id is taken");
        }
        try {
            importToMagpie(account);
        } catch (RestClientException e) {
            log.warn("{} is registered, but not yet known to Magpie: {}", account.userId(), e.toString());
        }
        return new Registered(account.userId());
    }

    @PostMapping("/v1/login")
    SignedIn login(@Valid @RequestBody Credentials credentials) {
        var account = authenticate(credentials);
        try {
            if (!account.imported()) {
                importToMagpie(account);
            }
            var userSig = signer.userSig(account.userId());
            return new SignedIn(appId, account.userId(), userSig.token(), userSig.expiresAt(), magpie.gateways());
        } catch (RestClientException e) {
            log.warn("No login of {}: {}", account.userId(), e.toString());
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "chat is out of reach, try again", e);
        }
    }

    private Account authenticate(Credentials credentials) {
        var userId = credentials.userId();
        if (attempts.exhausted(userId)) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS, "too many attempts, try again later");
        }
        var account = accounts.find(userId);
        if (!passwords.matches(credentials.password(), account)) {
            attempts.failed(userId);
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "user id or password is wrong");
        }
        attempts.succeeded(userId);
        return account.orElseThrow();
    }

    private void importToMagpie(Account account) {
        magpie.importUser(account.userId(), account.nickname());
        accounts.imported(account.userId());
    }
}
