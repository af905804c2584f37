package im.magpie.e2e.story;

import im.magpie.bench.business.Office;
import im.magpie.e2e.measure.Gathering;
import im.magpie.e2e.measure.Speech;
import im.magpie.e2e.system.MagpieSystem;
import org.junit.jupiter.api.Test;

/** A group of five hundred, all of them online, over two gateways. */
@OnMagpie
class AssemblyIT {

    private static final int MEMBERS = 500;

    @Test
    void everybodyIsShownEveryMessageOnceAndInOrder(MagpieSystem system) {
        var office = new Office(system.addresses().service(), system.secret("app"));
        var members = office.importUsers("assembly", MEMBERS);
        var conversation = office.importGroup("assembly", members);
        try (var gathering = new Gathering(office, system.addresses().gateways())) {
            gathering.join(members);
            Speech.heardByAll(gathering, conversation, 1, 200);
            Speech.heardByAll(gathering, conversation, 20, 10);
        }
    }
}
