package im.magpie.service.blacklist;

import im.magpie.service.user.Users;
import im.magpie.service.usersig.Caller;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's blacklist, for the user and for the business system. */
@RestController
@RequestMapping("/v1/users/{userId}/blacklist")
class BlacklistController {

    private final Blacklist blacklist;
    private final Users users;

    BlacklistController(Blacklist blacklist, Users users) {
        this.blacklist = blacklist;
        this.users = users;
    }

    /** A page of a blacklist; more follows where it is as long as was asked for. */
    record Page(List<String> users) {}

    @GetMapping
    Page list(
            Caller caller,
            @PathVariable String userId,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var user = caller.selfOrAdmin(userId);
        return new Page(blacklist.list(
                user, after.isEmpty() ? after : caller.user(after).userId(), limit));
    }

    @PutMapping("/{other}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void add(Caller caller, @PathVariable String userId, @PathVariable String other) {
        var user = caller.selfOrAdmin(userId);
        users.require(user);
        users.require(caller.user(other));
        blacklist.add(new Block(user, other));
    }

    @DeleteMapping("/{other}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String userId, @PathVariable String other) {
        blacklist.remove(
                new Block(caller.selfOrAdmin(userId), caller.user(other).userId()));
    }
}
