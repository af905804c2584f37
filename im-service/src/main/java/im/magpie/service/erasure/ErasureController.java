package im.magpie.service.erasure;

import im.magpie.service.usersig.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases users, for the business system. */
@RestController
@RequestMapping("/v1/users/{userId}")
class ErasureController {

    private final Erasures erasures;

    ErasureController(Erasures erasures) {
        this.erasures = erasures;
    }

    /** How far an erasure is. */
    enum State {
        /** What the user has said is being taken back. */
        ERASING,
        /** Nothing is left. */
        ERASED
    }

    /** An erasure as a business system sees it. */
    record ErasureView(
            String userId,
            State state,
            Instant requestedAt,
            @Nullable Instant finishedAt) {

        static ErasureView of(Erasure erasure) {
            var finished = erasure.finishedAt();
            return new ErasureView(
                    erasure.userId(),
                    finished == null ? State.ERASING : State.ERASED,
                    Instant.ofEpochMilli(erasure.requestedAt()),
                    finished == null ? null : Instant.ofEpochMilli(finished));
        }
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ErasureView erase(Caller caller, @PathVariable String userId) {
        caller.requireAdmin();
        return ErasureView.of(erasures.request(caller.user(userId)));
    }

    @GetMapping("/erasure")
    ErasureView state(Caller caller, @PathVariable String userId) {
        caller.requireAdmin();
        return ErasureView.of(erasures.require(caller.user(userId)));
    }
}
