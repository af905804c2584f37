package im.magpie.service.user;

import im.magpie.service.usersig.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Many users at once, for a business system that brings those it has. */
@RestController
class UserImportController {

    private static final int MOST = 1_000;

    private final Users users;

    UserImportController(Users users) {
        this.users = users;
    }

    record UserImport(@NotNull @Size(min = 1, max = MOST) List<@NotNull @Valid UserProfile> users) {}

    /** @param erased who were erased, of whom nothing was written */
    record Imported(List<String> erased) {}

    @PostMapping("/v1/users")
    Imported post(Caller caller, @Valid @RequestBody UserImport all) {
        caller.requireAdmin();
        all.users().forEach(profile -> caller.user(profile.userId()));
        return new Imported(users.putAll(caller.appId(), all.users()));
    }
}
