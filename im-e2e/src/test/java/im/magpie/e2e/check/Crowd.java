package im.magpie.e2e.check;

import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** People who write to each other all the time, and whose conversations must be as they ought to be in the end. */
public final class Crowd implements AutoCloseable {

    private static final int UNDER_WAY = 16;
    private static final int LEAST_WHILE = 100;
    private static final int MOST_WHILE = 1_000;
    private static final int AFTERWARDS = 500;
    private static final int UNDER_WAY_OF_MANY = 2;
    /** Many who never rest would only show how much the machine can bear. */
    private static final Duration PACE_OF_MANY = Duration.ofMillis(250);

    private final Ledger ledger = new Ledger();
    private final List<Couple> couples = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final SplittableRandom random;
    private final Traffic traffic;

    private record Couple(Person one, Person other) {

        boolean has(Device device) {
            return device.owner().equals(one) || device.owner().equals(other);
        }
    }

    private Crowd(int underWay, Duration pace) {
        var seed = Seed.draw();
        this.random = seed.random();
        this.traffic = new Traffic(ledger, seed, underWay, pace);
    }

    /** Three people with five devices, each of whom writes to both others. */
    public static Crowd small(People people) {
        var crowd = new Crowd(UNDER_WAY, Duration.ZERO);
        var persons = List.of(people.person("alice"), people.person("bob"), people.person("carol"));
        for (var person : persons) {
            crowd.devices.add(person.signIn("phone"));
        }
        crowd.devices.add(persons.get(0).signIn("tablet"));
        crowd.devices.add(persons.get(1).signIn("laptop"));
        crowd.couples.add(new Couple(persons.get(0), persons.get(1)));
        crowd.couples.add(new Couple(persons.get(0), persons.get(2)));
        crowd.couples.add(new Couple(persons.get(1), persons.get(2)));
        crowd.begin();
        return crowd;
    }

    /** So many people with a device each, who write to one other each. */
    public static Crowd large(People people, int count) {
        var crowd = new Crowd(UNDER_WAY_OF_MANY, PACE_OF_MANY);
        for (var i = 0; i < count / 2; i++) {
            var couple = new Couple(people.person("alice"), people.person("bob"));
            crowd.couples.add(couple);
            crowd.devices.add(couple.one().signIn("phone"));
            crowd.devices.add(couple.other().signIn("phone"));
        }
        crowd.begin();
        return crowd;
    }

    private void begin() {
        for (var device : devices) {
            var partners = couples.stream()
                    .filter(couple -> couple.has(device))
                    .map(couple -> couple.one().equals(device.owner()) ? couple.other() : couple.one())
                    .toArray(Person[]::new);
            traffic.from(device, Integer.MAX_VALUE, partners);
        }
    }

    /** Returns all devices. */
    public List<Device> devices() {
        return List.copyOf(devices);
    }

    /** Returns when so much time has passed; it goes on sending. */
    public void sendsFor(Duration time) {
        Await.pass(time);
    }

    /** Returns how many messages have been acknowledged up to now. */
    public int acknowledged() {
        return ledger.acknowledged();
    }

    /** Returns how many sends were told that they had failed. */
    public int refused() {
        return ledger.refused();
    }

    /** Returns when some more messages, as chance has it, have been acknowledged; it goes on sending. */
    public void sendsForAWhile() {
        ledger.awaitAcknowledged(ledger.acknowledged() + random.nextInt(LEAST_WHILE, MOST_WHILE));
    }

    /** Sends some more, and fails unless all conversations are as they ought to be. */
    public void sendsOnAndAgrees() {
        ledger.awaitAcknowledged(ledger.acknowledged() + AFTERWARDS);
        traffic.stop();
        for (var couple : couples) {
            Audit.of(
                    ledger,
                    couple.one(),
                    couple.other(),
                    devices.stream().filter(couple::has).toList());
        }
    }

    @Override
    public void close() {
        traffic.close();
    }
}
