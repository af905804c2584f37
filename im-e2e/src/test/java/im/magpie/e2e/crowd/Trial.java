package im.magpie.e2e.crowd;

import im.magpie.e2e.check.Checker;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.MemorySink;
import im.magpie.e2e.history.Recorder;
import im.magpie.e2e.people.Couple;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.Await;

/** A story that is written down while it is told, and judged in its end: all that people say over the SDK. */
public final class Trial {

    private final MemorySink events = new MemorySink();
    private final Tally tally = new Tally(events);
    private final Recorder recorder = new Recorder(tally, 0, Await.PATIENCE);
    private final People people;

    private Trial(People people) {
        this.people = people;
    }

    /** Begins to write down what the devices do that sign in from now on. */
    public static Trial of(People people) {
        var trial = new Trial(people);
        people.recordTo(trial.recorder);
        return trial;
    }

    Tally tally() {
        return tally;
    }

    /** Waits until everything is answered that has been said by now. */
    public void awaitAnswers() {
        tally.awaitAnswered();
    }

    /**
     * Waits until everything is answered and shown, which is said by now, and fails unless it was all acknowledged and everything is as it ought to be.
     */
    public void endsWell() {
        tally.awaitAnswered();
        recorder.record(Event.Quiet::new);
        people.couples().forEach(this::readEverything);
        var verdict = Checker.check(History.of(events.events()));
        if (!verdict.isClean() || tally.notAcknowledged() > 0) {
            throw new AssertionError("Of %d messages, %d were not acknowledged. %s"
                    .formatted(tally.acknowledged() + tally.notAcknowledged(), tally.notAcknowledged(), verdict));
        }
    }

    /** Whoever does not agree in time is judged as he is then. */
    private void readEverything(Couple couple) {
        var devices = people.devicesOf(couple);
        var witness = devices.getFirst();
        var entries = witness.entries(couple.peerOf(witness.owner()));
        Await.within(
                Await.PATIENCE,
                () -> devices.stream().allMatch(device -> device.hasAll(entries, couple.peerOf(device.owner()))));
        devices.forEach(device -> device.looksBack(couple.peerOf(device.owner())));
    }
}
