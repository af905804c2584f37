package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.crowd.Crowd;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Something breaks in the middle of sending. Nothing acknowledged is lost or doubled, nothing has a hole, and all devices agree in the end. */
@OnMagpie(OnMagpie.BROKEN)
class FaultsIT {

    private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

    @Test
    void theSystemIsKilled(People people, MagpieSystem system) {
        try (var crowd = Crowd.small(people)) {
            crowd.sendsForAWhile();
            system.kill();
            system.start();
            assertThat(system.orphans()).isEmpty();
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void redisForgetsEverything(People people, MagpieSystem system) {
        try (var crowd = Crowd.small(people)) {
            crowd.sendsForAWhile();
            system.redis().flushAll();
            crowd.sendsForAWhile();
            system.redis().flushAll();
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void redisDiesAndComesBackWithOlderData(People people, MagpieSystem system) {
        try (var crowd = Crowd.small(people)) {
            crowd.sendsForAWhile();
            var older = system.redis().snapshot();
            crowd.sendsForAWhile();
            system.redis().dieAndComeBackWith(older);
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void redisHangs(People people, MagpieSystem system) {
        try (var crowd = Crowd.small(people)) {
            crowd.sendsForAWhile();
            system.redis().server().pauseFor(THREE_SECONDS);
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void theDatabaseDies(People people, MagpieSystem system) {
        try (var crowd = Crowd.small(people)) {
            crowd.sendsForAWhile();
            system.database().kill();
            crowd.sendsForAWhile();
            system.database().comeBack();
            crowd.sendsOnAndAgrees();
        }
    }
}
