package im.magpie.e2e.story;

import im.magpie.e2e.crowd.Seed;
import im.magpie.e2e.crowd.Traffic;
import im.magpie.e2e.crowd.Trial;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

@OnMagpie
class CrowdIT {

    private static final int DEVICES_OF_EACH = 4;
    private static final int MESSAGES_OF_EACH_DEVICE = 1_250;
    private static final int UNDER_WAY = 32;

    @Test
    void tenThousandMessagesOfEightDevicesArriveOnceInOneOrder(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var devices = new ArrayList<Device>();
        var trial = Trial.of(people);
        for (var i = 1; i <= DEVICES_OF_EACH; i++) {
            devices.add(alice.signIn("device-" + i, 1 + i % 2));
            devices.add(bob.signIn("device-" + i, 1 + i % 2));
        }
        try (var traffic = new Traffic(Seed.draw(), UNDER_WAY, Duration.ZERO)) {
            for (var device : devices) {
                traffic.from(device, MESSAGES_OF_EACH_DEVICE, device.owner().equals(alice) ? bob : alice);
            }
            traffic.awaitSent();
        }
        trial.endsWell();
    }
}
