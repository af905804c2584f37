package im.magpie.e2e.story;

import im.magpie.e2e.crowd.Crowd;
import im.magpie.e2e.network.Proxy;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

@OnMagpie
class NetworkIT {

    private static final int TIMES = 6;
    /** So few that a break often comes in the middle of a frame. */
    private static final int CARRIED_AT_ONCE = 100;

    @Test
    void connectionsBreakAgainAndAgainAndNothingIsLostOrDoubled(People people, MagpieSystem system) {
        try (var first = proxyTo(system, 1);
                var second = proxyTo(system, 2)) {
            people.connectThrough(first, second);
            try (var crowd = Crowd.small(people)) {
                for (var i = 0; i < TIMES; i++) {
                    crowd.sendsForAWhile();
                    first.cut();
                    crowd.sendsForAWhile();
                    second.cut();
                }
                crowd.sendsOnAndAgrees();
            }
        }
    }

    private static Proxy proxyTo(MagpieSystem system, int gateway) {
        var address = system.addresses().gateway(gateway);
        return Proxy.to(() -> new InetSocketAddress(address.host(), address.port()), CARRIED_AT_ONCE, gateway);
    }
}
