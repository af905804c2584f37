package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Place;
import im.magpie.e2e.history.RequestIds;
import im.magpie.e2e.history.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * A history made by hand, line by line, each a millisecond behind the one before. Alice and Bob share the conversation that everything is about. What is
 * said is a letter, and its client message id is "id of" that; server times are those of the sequences.
 */
final class Tale {

    static final String CHAT = "private_alice_bob";
    static final String GROUP = "group_g";
    static final Duration PATIENCE = Duration.ofSeconds(7);

    private static final long MILLISECOND = 1_000_000;

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Long> operations = new HashMap<>();
    private final List<DeviceName> devices;
    private final String chat;
    private long now;

    /** These devices are on, and have nothing yet. */
    Tale(String... devices) {
        this(CHAT, at -> new Event.Introduced(at, CHAT, List.of("alice", "bob")), devices);
    }

    private Tale(String chat, LongFunction<Event> meeting, String... devices) {
        this.chat = chat;
        this.devices = Stream.of(devices).map(DeviceName::parse).toList();
        events.add(new Event.Began(now, Event.Began.VERSION, 1, PATIENCE.toNanos()));
        events.add(meeting.apply(next()));
        this.devices.forEach(device -> events.add(new Event.Started(next(), device)));
    }

    /** Everything is about a group instead, which Alice is about to make, and into which Bob and Carol may come. */
    static Tale ofGroup(String... devices) {
        return new Tale(GROUP, at -> new Event.Founded(at, GROUP, List.of("alice", "bob", "carol")), devices);
    }

    static Entry text(long sequence, String sender, String content) {
        return new Entry(sequence, sequence, 1_000 + sequence, sender, "id of " + content, new Body.Text(content));
    }

    /** An event of a group, behind so many messages, of which nobody says what it came of. */
    static Entry event(long sequence, long ordinal, String sender, Body.OfGroup what) {
        return new Entry(sequence, ordinal, 1_000 + sequence, sender, "event " + what.version(), what);
    }

    /** An event that came of the operation of this number. */
    static Entry event(long sequence, long ordinal, String sender, long operation, Body.OfGroup what) {
        return new Entry(
                sequence,
                ordinal,
                1_000 + sequence,
                sender,
                RequestIds.of(operation).toString(),
                what);
    }

    /** Something that is said behind so many messages. */
    static Entry text(long sequence, long ordinal, String sender, String content) {
        return new Entry(sequence, ordinal, 1_000 + sequence, sender, "id of " + content, new Body.Text(content));
    }

    /** An entry that changes a message, behind a single one. */
    static Entry change(long sequence, String sender, String name, Body.Change body) {
        return change(sequence, 1, sender, name, body);
    }

    /** One behind so many messages. */
    static Entry change(long sequence, long ordinal, String sender, String name, Body.Change body) {
        return new Entry(sequence, ordinal, 1_000 + sequence, sender, "id of " + name, body);
    }

    private long next() {
        now += MILLISECOND;
        return now;
    }

    Tale passes(Duration time) {
        now += time.toNanos();
        return this;
    }

    Tale starts(String device) {
        events.add(new Event.Started(next(), DeviceName.parse(device)));
        return this;
    }

    Tale stops(String device) {
        events.add(new Event.Stopped(next(), DeviceName.parse(device)));
        return this;
    }

    Tale kicked(String device) {
        events.add(new Event.Kicked(next(), DeviceName.parse(device), "SUPERSEDED"));
        return this;
    }

    Tale asks(String device, String name, Operation what) {
        var operation = operations.size() + 1L;
        operations.put(name, operation);
        events.add(new Event.Invoked(next(), operation, DeviceName.parse(device), what));
        return this;
    }

    Tale says(String device, String content) {
        return asks(device, content, new Operation.Send(chat, content));
    }

    Tale reads(String device, long sequence) {
        return asks(device, device + " reads " + operations.size(), new Operation.Read(chat, sequence));
    }

    /** The recall of a sequence is known by its target; edits are by what they say. */
    Tale recalls(String device, long target) {
        return asks(device, "recall of " + target, new Operation.Recall(chat, target));
    }

    Tale edits(String device, long target, String content) {
        return asks(device, content, new Operation.Edit(chat, target, content));
    }

    Tale reacts(String device, String name, long target, String emoji, boolean removed) {
        return asks(device, name, new Operation.React(chat, target, emoji, removed));
    }

    /** Drafts are known by what they say. */
    Tale drafts(String device, String content) {
        return asks(device, content, new Operation.Draft(chat, content));
    }

    /** Known as "pin of" the device. */
    Tale pins(String device, boolean pinned) {
        return asks(device, "pin of " + device, new Operation.Pin(chat, pinned));
    }

    /** Known by the sequence. */
    Tale deletes(String device, long sequence) {
        return asks(device, "deletion of " + sequence, new Operation.Delete(chat, sequence));
    }

    /** What is no entry of the timeline is done. */
    Tale done(String name) {
        return is(name, new Outcome.Ok(null));
    }

    /** A device is told what its user has made of the conversation. */
    Tale configured(String device, Settings settings) {
        events.add(new Event.Configured(next(), DeviceName.parse(device), chat, settings));
        return this;
    }

    /** What a device knows of that in the end. */
    Tale keptSettings(String device, Settings settings) {
        events.add(new Event.KeptSettings(next(), DeviceName.parse(device), chat, settings));
        return this;
    }

    Tale is(String name, Outcome outcome) {
        events.add(new Event.Completed(next(), Objects.requireNonNull(operations.get(name), name), outcome));
        return this;
    }

    Tale acknowledged(String name, long sequence) {
        return is(name, new Outcome.Ok(new Place("id of " + name, sequence, 1_000 + sequence)));
    }

    Tale refused(String name) {
        return is(name, new Outcome.Fail("FORBIDDEN"));
    }

    Tale unknown(String name) {
        return is(name, new Outcome.Unknown("closed"));
    }

    Tale shown(String device, Entry... entries) {
        for (var entry : entries) {
            events.add(new Event.Shown(next(), DeviceName.parse(device), chat, entry));
        }
        return this;
    }

    /** What is no message is not shown. */
    Tale shownToAll(Entry... entries) {
        var messages =
                Stream.of(entries).filter(entry -> entry.body().isShown()).toArray(Entry[]::new);
        devices.forEach(device -> shown(device.toString(), messages));
        return this;
    }

    /** A device is told of the newest state of messages that it has. */
    Tale changed(String device, Entry... entries) {
        for (var entry : entries) {
            events.add(new Event.Changed(next(), DeviceName.parse(device), chat, entry));
        }
        return this;
    }

    Tale changedForAll(Entry... entries) {
        devices.forEach(device -> changed(device.toString(), entries));
        return this;
    }

    /** A device is told how far somebody is. */
    Tale marked(String device, String user, long delivered, long read) {
        events.add(new Event.Marked(next(), DeviceName.parse(device), chat, user, delivered, read));
        return this;
    }

    /** Redis forgets what it knew. */
    Tale forgets() {
        events.add(new Event.Broke(next(), 1, "flush", "redis forgets everything", true));
        events.add(new Event.Mended(next(), 1));
        return this;
    }

    Tale quiet() {
        events.add(new Event.Quiet(next()));
        return this;
    }

    Tale stored(Entry... entries) {
        events.add(new Event.Stored(next(), devices.getFirst(), chat, List.of(entries)));
        return this;
    }

    /** The server has these, as this device is answered. */
    Tale storedFor(String device, Entry... entries) {
        events.add(new Event.Stored(next(), DeviceName.parse(device), chat, List.of(entries)));
        return this;
    }

    Tale kept(String device, Entry... entries) {
        events.add(new Event.Kept(next(), DeviceName.parse(device), chat, List.of(entries)));
        return this;
    }

    /** In the end a device was shown these, keeps them, and the server answers them to it. */
    Tale endsFor(String device, Entry... entries) {
        return shown(device, entries).kept(device, entries).storedFor(device, entries);
    }

    /** The server and all devices have these. */
    Tale ends(Entry... entries) {
        stored(entries);
        devices.forEach(device -> kept(device.toString(), entries));
        return this;
    }

    /** All is quiet, everybody is shown this, and it is what everybody has then. */
    Tale endsWellWith(Entry... entries) {
        return quiet().shownToAll(entries).ends(entries);
    }

    History history() {
        return History.of(events);
    }

    /** Returns what a rule finds. */
    List<String> found(Rule rule) {
        var findings = new Findings(rule);
        rule.check(history(), findings);
        return findings.violations().stream().map(Violation::what).toList();
    }

    /** Returns what all rules find. */
    List<Violation> found() {
        return Checker.check(history()).violations();
    }
}
