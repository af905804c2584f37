package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Memberships;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Place;
import im.magpie.e2e.history.RequestIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * What a messaging system has to look like, in its simplest form: timelines in memory, to which things happen one at a time, as a seed has it. Between
 * two of them any device may be told anything that is so, later than others, or be off. Makes a history that keeps every promise.
 */
final class ReferenceChat {

    static final List<String> PEOPLE = List.of("alice", "bob", "carol");

    static final long PATIENCE = 7_000_000_000L;
    private static final int STEPS = 750;
    private static final List<String> EMOJIS = List.of("+", "-");
    private static final long LEISURELY = 50_000_000;
    private static final long QUICKLY = 1_000_000;

    private final SplittableRandom random;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, List<String>> people = new LinkedHashMap<>();
    private final Map<String, List<Entry>> timelines = new HashMap<>();
    private final Map<DeviceName, ReferenceDevice> devices = new LinkedHashMap<>();
    private final ReferenceStates states = new ReferenceStates();
    private final ReferenceSettings settings = new ReferenceSettings();
    private final ReferenceGroup group;
    private final Map<Member, Long> delivered = new HashMap<>();
    private final Map<Member, Long> read = new HashMap<>();
    private long pace = LEISURELY;
    private long now;
    private long operations;

    private record Member(String conversation, String user) {}

    private ReferenceChat(long seed) {
        this.random = new SplittableRandom(seed);
        write(at -> new Event.Began(at, Event.Began.VERSION, seed, PATIENCE));
        for (var one : List.of("alice bob", "alice carol", "bob carol")) {
            var both = List.of(one.split(" ", -1));
            var conversation = "private_" + one.replace(' ', '_');
            people.put(conversation, both);
            timelines.put(conversation, new ArrayList<>());
            write(at -> new Event.Introduced(at, conversation, both));
        }
        this.group = new ReferenceGroup(random.nextBoolean());
        people.put(ReferenceGroup.ID, PEOPLE);
        timelines.put(ReferenceGroup.ID, new ArrayList<>());
        write(at -> new Event.Founded(at, ReferenceGroup.ID, PEOPLE));
        for (var name : List.of("alice/phone", "alice/laptop", "bob/phone", "carol/phone", "carol/tablet")) {
            open(new ReferenceDevice(DeviceName.parse(name)));
        }
        ask(devices.values().iterator().next(), group.founding());
    }

    /** Returns a history in which everything is as it ought to be. */
    static List<Event> history(long seed) {
        var chat = new ReferenceChat(seed);
        for (var step = 0; step < STEPS; step++) {
            chat.step();
        }
        chat.open(new ReferenceDevice(DeviceName.parse("bob/new")));
        chat.end();
        return chat.events;
    }

    private void write(LongFunction<Event> event) {
        now += 1 + random.nextLong(pace);
        events.add(event.apply(now));
    }

    private void step() {
        var device = any(List.copyOf(devices.values()));
        var conversation = any(conversationsOf(device));
        if (!device.open) {
            if (random.nextInt(8) == 0) {
                open(device);
            }
            return;
        }
        switch (random.nextInt(27)) {
            case 0 -> close(device);
            case 1 -> read(device, conversation);
            case 2 -> change(device, conversation);
            case 20, 25, 26 -> makeSomethingOf(device, conversation);
            case 21 -> tell(device, conversation);
            case 22, 23, 24 -> ask(device, ReferenceGroup.any(random, device.name + " calls it " + operations));
            case 3, 4, 5 -> ask(device, new Operation.Send(conversation, device.name + " says " + operations));
            case 6, 7, 8, 9 -> place(device, conversation);
            case 10, 11, 12 -> answer(device);
            case 13, 14 -> mark(device, conversation);
            default -> show(device, conversation);
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private List<String> conversationsOf(ReferenceDevice device) {
        return people.keySet().stream()
                .filter(id -> people.getOrDefault(id, List.of()).contains(device.name.user()))
                .toList();
    }

    private List<Entry> timeline(String conversation) {
        return timelines.getOrDefault(conversation, List.of());
    }

    private void open(ReferenceDevice device) {
        device.open = true;
        devices.put(device.name, device);
        write(at -> new Event.Started(at, device.name));
        write(at -> new Event.Connected(at, device.name));
    }

    /** Whoever waits is told that it is open. Most of what was not sent is sent when the app is open again, and nobody will hear of it. */
    private void close(ReferenceDevice device) {
        device.open = false;
        write(at -> new Event.Disconnected(at, device.name));
        var waiting = new ArrayList<>(device.done.keySet());
        device.queues.values().forEach(waiting::addAll);
        for (var asked : waiting) {
            if (device.told.add(asked)) {
                write(at -> new Event.Completed(at, asked.operation(), new Outcome.Unknown("closed")));
            }
        }
        device.done.clear();
        device.queues.values().forEach(queue -> queue.removeIf(_ -> random.nextInt(4) == 0));
        write(at -> new Event.Stopped(at, device.name));
    }

    private void ask(ReferenceDevice device, Operation what) {
        var asked = new ReferenceDevice.Asked(++operations, device, what);
        device.queues
                .computeIfAbsent(what.conversation(), _ -> new ArrayDeque<>())
                .add(asked);
        write(at -> new Event.Invoked(at, asked.operation(), device.name, what));
    }

    /** What a device has come past, as far as its user reads it. */
    private Stream<Entry> seen(ReferenceDevice device, String conversation) {
        return timeline(conversation).subList(0, device.shown.getOrDefault(conversation, 0)).stream()
                .filter(entry -> mayRead(device, conversation, entry.sequence()));
    }

    private boolean mayRead(ReferenceDevice device, String conversation, long sequence) {
        return !conversation.equals(ReferenceGroup.ID) || memberships().mayRead(device.name.user(), sequence);
    }

    private Memberships memberships() {
        return new Memberships(timeline(ReferenceGroup.ID));
    }

    private void change(ReferenceDevice device, String conversation) {
        var seen = seen(device, conversation)
                .filter(entry -> entry.body() instanceof Body.Text)
                .toList();
        if (seen.isEmpty()) {
            return;
        }
        var message = any(seen);
        var target = message.sequence();
        if (!message.sender().equals(device.name.user()) || random.nextInt(3) == 0) {
            ask(device, new Operation.React(conversation, target, any(EMOJIS), random.nextBoolean()));
        } else if (random.nextBoolean()) {
            ask(device, new Operation.Edit(conversation, target, device.name + " corrects " + operations));
        } else {
            ask(device, new Operation.Recall(conversation, target));
        }
    }

    private void makeSomethingOf(ReferenceDevice device, String conversation) {
        var others = seen(device, conversation)
                .filter(entry -> entry.body().isMessage() && !entry.sender().equals(device.name.user()))
                .toList();
        ask(device, settings.any(random, conversation, others, "draft " + operations));
    }

    private void tell(ReferenceDevice device, String conversation) {
        if (settings.tell(device.name, conversation)) {
            var newest = settings.knownTo(device.name, conversation);
            write(at -> new Event.Configured(at, device.name, conversation, newest));
        }
    }

    private boolean isDeleted(ReferenceDevice device, String conversation, long sequence) {
        return settings.of(conversation, device.name.user()).deletes(sequence);
    }

    /** The oldest thing that a device has to send enters the timeline, or is refused. */
    private void place(ReferenceDevice device, String conversation) {
        var queue = device.queues.getOrDefault(conversation, new ArrayDeque<>());
        if (queue.isEmpty()) {
            return;
        }
        var asked = queue.remove();
        var waits = !device.told.contains(asked);
        if (asked.what() instanceof Operation.OfGroup what) {
            changeGroup(device, asked, what);
            return;
        }
        var speaks = !(asked.what() instanceof Operation.Personal);
        if (random.nextInt(12) == 0
                || (speaks && conversation.equals(ReferenceGroup.ID) && !group.mayWrite(device.name.user()))) {
            if (waits) {
                write(at -> new Event.Completed(at, asked.operation(), new Outcome.Fail("FORBIDDEN")));
            }
            return;
        }
        var done = new Outcome.Ok(null);
        if (asked.what() instanceof Operation.Personal personal) {
            settings.change(device.name.user(), personal);
        } else {
            done = new Outcome.Ok(append(asked));
        }
        if (waits) {
            device.done.put(asked, done);
        }
    }

    /** What is not for him to do may have been refused because it is done: nobody can say. */
    private void changeGroup(ReferenceDevice device, ReferenceDevice.Asked asked, Operation.OfGroup what) {
        var user = device.name.user();
        var allowed = group.allows(what, user);
        var event = allowed ? group.does(what, user) : null;
        if (event != null) {
            append(asked, event);
        }
        if (!device.told.contains(asked)) {
            device.done.put(asked, allowed ? new Outcome.Ok(null) : new Outcome.Unknown("FORBIDDEN"));
        }
    }

    private Place append(ReferenceDevice.Asked asked) {
        return append(
                asked,
                switch (asked.what()) {
                    case Operation.Send send -> new Body.Text(send.content());
                    case Operation.Change change -> change.body();
                    case Operation.Read _, Operation.Personal _, Operation.OfGroup _ ->
                        throw new IllegalArgumentException("no entry");
                });
    }

    private Place append(ReferenceDevice.Asked asked, Body body) {
        var timeline = timeline(asked.what().conversation());
        var ordinal = timeline.isEmpty() ? 0 : timeline.getLast().ordinal();
        var entry = new Entry(
                timeline.size() + 1L,
                ordinal + (body.isMessage() ? 1 : 0),
                now / 1_000_000,
                asked.device().name.user(),
                body instanceof Body.OfGroup ? RequestIds.of(asked.operation()).toString() : "id " + asked.operation(),
                body);
        if (asked.what() instanceof Operation.Change change) {
            timeline.replaceAll(message ->
                    message.sequence() == change.target() ? states.changed(message, entry, change) : message);
        }
        timeline.add(entry);
        return new Place(entry.clientMessageId(), entry.sequence(), entry.serverTime());
    }

    private void answer(ReferenceDevice device) {
        if (!device.done.isEmpty()) {
            var asked = device.done.keySet().iterator().next();
            var outcome = device.done.get(asked);
            device.done.remove(asked);
            write(at -> new Event.Completed(at, asked.operation(), Objects.requireNonNull(outcome)));
        }
    }

    /** The next entry comes to a device: a message, or the news that one has changed, which it may know already; or what its user has deleted, which is passed over. */
    private boolean show(ReferenceDevice device, String conversation) {
        var next = device.shown.getOrDefault(conversation, 0);
        if (next == timeline(conversation).size()) {
            return false;
        }
        var entry = timeline(conversation).get(next);
        if (!mayRead(device, conversation, entry.sequence())) {
            return passOver(device, entry.sequence());
        }
        if (entry.body() instanceof Body.Change change) {
            var message = timeline(conversation).get((int) change.target() - 1);
            var known = device.states.getOrDefault(conversation + change.target(), 0L);
            if (known < entry.sequence()
                    && mayRead(device, conversation, change.target())
                    && !isDeleted(device, conversation, change.target())) {
                device.states.put(conversation + change.target(), message.changed());
                write(at -> new Event.Changed(at, device.name, conversation, message));
            }
        } else if (!isDeleted(device, conversation, entry.sequence())) {
            device.states.put(conversation + entry.sequence(), entry.changed());
            write(at -> new Event.Shown(at, device.name, conversation, entry));
        }
        device.shown.put(conversation, next + 1);
        delivered.merge(new Member(conversation, device.name.user()), next + 1L, Math::max);
        return true;
    }

    /** What lies between his going and his coming again is nothing to him; who does not come again is at the end. */
    private boolean passOver(ReferenceDevice device, long sequence) {
        var comesAgain = memberships().staysOf(device.name.user()).stream().anyMatch(stay -> stay.begin() > sequence);
        if (comesAgain) {
            device.shown.put(ReferenceGroup.ID, (int) sequence);
            delivered.merge(new Member(ReferenceGroup.ID, device.name.user()), sequence, Math::max);
        }
        return comesAgain;
    }

    private void read(ReferenceDevice device, String conversation) {
        long position = device.shown.getOrDefault(conversation, 0);
        if (position > 0) {
            var operation = ++operations;
            write(at -> new Event.Invoked(at, operation, device.name, new Operation.Read(conversation, position)));
            read.merge(new Member(conversation, device.name.user()), position, Math::max);
        }
    }

    private void mark(ReferenceDevice device, String conversation) {
        for (var user : people.getOrDefault(conversation, List.of())) {
            var member = new Member(conversation, user);
            var until = delivered.getOrDefault(member, 0L);
            write(at -> new Event.Marked(at, device.name, conversation, user, until, read.getOrDefault(member, 0L)));
        }
    }

    private void end() {
        devices.values().stream().filter(device -> !device.open).toList().forEach(this::open);
        write(Event.Quiet::new);
        pace = QUICKLY;
        for (var device : devices.values()) {
            conversationsOf(device).forEach(conversation -> placeAll(device, conversation));
            while (!device.done.isEmpty()) {
                answer(device);
            }
        }
        for (var device : devices.values()) {
            for (var conversation : conversationsOf(device)) {
                while (show(device, conversation)) {
                    mark(device, conversation);
                }
            }
        }
        for (var device : devices.values()) {
            for (var conversation : conversationsOf(device)) {
                mark(device, conversation);
                tell(device, conversation);
                var all = timeline(conversation).stream()
                        .filter(entry -> mayRead(device, conversation, entry.sequence())
                                && !isDeleted(device, conversation, entry.sequence()))
                        .toList();
                var own = settings.knownTo(device.name, conversation);
                write(at -> new Event.Stored(at, device.name, conversation, all));
                write(at -> new Event.Kept(at, device.name, conversation, all));
                write(at -> new Event.KeptSettings(at, device.name, conversation, own));
            }
        }
    }

    private void placeAll(ReferenceDevice device, String conversation) {
        while (!device.queues.getOrDefault(conversation, new ArrayDeque<>()).isEmpty()) {
            place(device, conversation);
        }
    }
}
