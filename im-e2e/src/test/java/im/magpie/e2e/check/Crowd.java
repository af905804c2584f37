package im.magpie.e2e.check;

import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Three people with five devices, who write to each other all the time. */
public final class Crowd implements AutoCloseable {

    private static final int UNDER_WAY = 16;
    private static final int LEAST_WHILE = 100;
    private static final int MOST_WHILE = 1_000;
    private static final int AFTERWARDS = 500;

    private final Ledger ledger = new Ledger();
    private final List<Person> persons;
    private final List<Device> devices = new ArrayList<>();
    private final SplittableRandom random;
    private final Traffic traffic;

    public Crowd(People people) {
        var seed = Seed.draw();
        this.random = seed.random();
        this.traffic = new Traffic(ledger, seed, UNDER_WAY);
        this.persons = List.of(people.person("alice"), people.person("bob"), people.person("carol"));
        for (var person : persons) {
            devices.add(person.signIn("phone"));
        }
        devices.add(persons.get(0).signIn("tablet"));
        devices.add(persons.get(1).signIn("laptop"));
        for (var device : devices) {
            traffic.from(device, Integer.MAX_VALUE, others(device));
        }
    }

    private Person[] others(Device device) {
        return persons.stream().filter(person -> !person.equals(device.owner())).toArray(Person[]::new);
    }

    /** Returns when some more messages, as chance has it, have been acknowledged; it goes on sending. */
    public void sendsForAWhile() {
        ledger.awaitAcknowledged(ledger.acknowledged() + random.nextInt(LEAST_WHILE, MOST_WHILE));
    }

    /** Sends some more, and fails unless all conversations are as they ought to be. */
    public void sendsOnAndAgrees() {
        ledger.awaitAcknowledged(ledger.acknowledged() + AFTERWARDS);
        traffic.stop();
        audit(persons.get(0), persons.get(1));
        audit(persons.get(0), persons.get(2));
        audit(persons.get(1), persons.get(2));
    }

    private void audit(Person one, Person other) {
        Audit.of(
                ledger,
                one,
                other,
                devices.stream()
                        .filter(device ->
                                device.owner().equals(one) || device.owner().equals(other))
                        .toList());
    }

    @Override
    public void close() {
        traffic.close();
    }
}
