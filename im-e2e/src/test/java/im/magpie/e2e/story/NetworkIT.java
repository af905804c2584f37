package im.magpie.e2e.story;

import im.magpie.e2e.crowd.Crowd;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Road;
import org.junit.jupiter.api.Test;

@OnMagpie
class NetworkIT {

    private static final int TIMES = 6;

    @Test
    void connectionsBreakAgainAndAgainAndNothingIsLostOrDoubled(People people, MagpieSystem system) {
        try (var first = Road.to(system.addresses().gateway(1));
                var second = Road.to(system.addresses().gateway(2))) {
            people.travelBy(first, second);
            try (var crowd = Crowd.small(people)) {
                for (var i = 0; i < TIMES; i++) {
                    crowd.sendsForAWhile();
                    first.breaks();
                    crowd.sendsForAWhile();
                    second.breaks();
                }
                crowd.sendsOnAndAgrees();
            }
        }
    }
}
