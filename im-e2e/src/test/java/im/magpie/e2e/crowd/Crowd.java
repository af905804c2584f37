package im.magpie.e2e.crowd;

import im.magpie.e2e.people.Couple;
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
    private static final int MOST_WHILE = 500;
    private static final int AFTERWARDS = 500;
    private static final int UNDER_WAY_OF_MANY = 2;
    /** Many who never rest would only show how much the machine can bear. */
    private static final Duration PACE_OF_MANY = Duration.ofMillis(500);

    private final Trial trial;
    private final List<Couple> couples = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final SplittableRandom random;
    private final Traffic traffic;

    private Crowd(People people, int underWay, Duration pace) {
        var seed = Seed.draw();
        this.trial = Trial.of(people);
        this.random = seed.random();
        this.traffic = new Traffic(seed, underWay, pace);
    }

    /** Three people with five devices, each of whom writes to both others. */
    public static Crowd small(People people) {
        var crowd = new Crowd(people, UNDER_WAY, Duration.ZERO);
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
        var crowd = new Crowd(people, UNDER_WAY_OF_MANY, PACE_OF_MANY);
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
                    .filter(couple -> couple.has(device.owner()))
                    .map(couple -> couple.peerOf(device.owner()))
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
        return trial.tally().acknowledged();
    }

    /** Returns how many sends were told that they had failed, or may have. */
    public int refused() {
        return trial.tally().notAcknowledged();
    }

    /** Returns when some more messages, as chance has it, have been acknowledged; it goes on sending. */
    public void sendsForAWhile() {
        trial.tally().awaitAcknowledged(trial.tally().acknowledged() + random.nextInt(LEAST_WHILE, MOST_WHILE));
    }

    /** Sends some more, and fails unless all conversations are as they ought to be. */
    public void sendsOnAndAgrees() {
        trial.tally().awaitAcknowledged(trial.tally().acknowledged() + AFTERWARDS);
        traffic.stop();
        trial.endsWell();
    }

    @Override
    public void close() {
        traffic.close();
    }
}
