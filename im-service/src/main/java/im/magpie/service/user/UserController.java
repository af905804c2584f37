package im.magpie.service.user;

import im.magpie.service.usersig.Caller;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Users, for their business system; to each other they show their profiles. */
@RestController
@RequestMapping("/v1/users/{userId}")
class UserController {

    private final Users users;

    UserController(Users users) {
        this.users = users;
    }

    /** A user as others see it. */
    record UserView(String userId, String nickname, String avatar, boolean disabled) {

        static UserView of(User user) {
            return new UserView(user.userId(), user.nickname(), user.avatar(), user.disabled());
        }
    }

    @GetMapping
    UserView get(Caller caller, @PathVariable String userId) {
        return UserView.of(users.require(caller.user(userId)));
    }

    @PutMapping
    UserView put(Caller caller, @PathVariable String userId, @Valid @RequestBody UserChange profile) {
        caller.requireAdmin();
        return UserView.of(users.put(caller.user(userId), profile));
    }

    @PatchMapping
    UserView change(Caller caller, @PathVariable String userId, @Valid @RequestBody UserChange change) {
        caller.requireAdmin();
        return UserView.of(users.change(caller.user(userId), change));
    }
}
