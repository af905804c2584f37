package im.magpie.e2e.check;

import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/** The lines of a history, to be changed. */
final class Lines {

    private final List<Event> all;
    private final SplittableRandom random;

    Lines(List<Event> all, SplittableRandom random) {
        this.all = new ArrayList<>(all);
        this.random = random;
    }

    List<Event> all() {
        return all;
    }

    SplittableRandom random() {
        return random;
    }

    /** Chooses a line of a kind, if there is one that may be chosen. */
    <E extends Event> Optional<E> any(Class<E> kind, Predicate<E> choice) {
        return any(all.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(choice)
                .toList());
    }

    <T> Optional<T> any(List<T> some) {
        return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
    }

    void remove(Event line) {
        all.remove(all.indexOf(line));
    }

    /** Removes all lines of a kind that are to go; returns whether there were any. */
    <E extends Event> boolean removeIf(Class<E> kind, Predicate<E> which) {
        return all.removeIf(event -> kind.isInstance(event) && which.test(kind.cast(event)));
    }

    void replace(Event line, Event by) {
        all.set(all.indexOf(line), by);
    }

    void insertBehind(Event line, Event another) {
        all.add(all.indexOf(line) + 1, another);
    }

    /** Returns what the server has of a conversation in the end, as all devices together were answered. */
    List<Entry> timeline(String conversation) {
        var entries = new TreeMap<Long, Entry>();
        for (var event : all) {
            if (event instanceof Event.Stored stored && stored.conversation().equals(conversation)) {
                stored.entries().forEach(entry -> entries.putIfAbsent(entry.sequence(), entry));
            }
        }
        return List.copyOf(entries.values());
    }

    /** Returns whether a device's user has asked to delete what is at a sequence. */
    boolean deletes(DeviceName device, String conversation, long sequence) {
        return all.stream()
                .anyMatch(event -> event instanceof Event.Invoked invoked
                        && invoked.device().user().equals(device.user())
                        && invoked.what().equals(new Operation.Delete(conversation, sequence)));
    }

    boolean deletes(Event.Told told) {
        return deletes(told.device(), told.conversation(), told.entry().sequence());
    }

    /** Puts others in the place of each entry of a conversation, wherever it is. */
    void change(String conversation, Function<Entry, ? extends List<Entry>> change) {
        var changed = new ArrayList<Event>();
        for (var event : all) {
            switch (event) {
                case Event.Shown(long at, var device, String in, Entry entry)
                when in.equals(conversation) ->
                    change.apply(entry).forEach(one -> changed.add(new Event.Shown(at, device, in, one)));
                case Event.Changed(long at, var device, String in, Entry entry)
                when in.equals(conversation) ->
                    change.apply(entry).forEach(one -> changed.add(new Event.Changed(at, device, in, one)));
                case Event.Kept(long at, var device, String in, List<Entry> entries)
                when in.equals(conversation) -> changed.add(new Event.Kept(at, device, in, each(entries, change)));
                case Event.Stored(long at, var device, String in, List<Entry> entries)
                when in.equals(conversation) -> changed.add(new Event.Stored(at, device, in, each(entries, change)));
                default -> changed.add(event);
            }
        }
        all.clear();
        all.addAll(changed);
    }

    private static List<Entry> each(List<Entry> entries, Function<Entry, ? extends List<Entry>> change) {
        return entries.stream().flatMap(entry -> change.apply(entry).stream()).toList();
    }

    /** Changes the sequences of a conversation, as senders were told too. */
    void renumber(String conversation, LongUnaryOperator sequences) {
        change(
                conversation,
                entry -> List.of(new Entry(
                        sequences.applyAsLong(entry.sequence()),
                        entry.ordinal(),
                        entry.serverTime(),
                        entry.sender(),
                        entry.clientMessageId(),
                        entry.body(),
                        entry.state())));
        all.replaceAll(event -> event instanceof Event.Completed(long at, long operation, Outcome.Ok(Place place))
                        && place != null
                        && conversationOf(operation).equals(conversation)
                ? new Event.Completed(
                        at,
                        operation,
                        new Outcome.Ok(new Place(
                                place.clientMessageId(), sequences.applyAsLong(place.sequence()), place.serverTime())))
                : event);
    }

    /** Exchanges what stands at two sequences, as senders were told too; each keeps the number and time of its place. */
    void exchange(String conversation, long one, long other) {
        var entries = timeline(conversation);
        var first = entries.get((int) one - 1);
        var second = entries.get((int) other - 1);
        change(conversation, entry -> {
            var by = entry.sequence() == one ? second : entry.sequence() == other ? first : entry;
            return List.of(new Entry(
                    entry.sequence(),
                    entry.ordinal(),
                    entry.serverTime(),
                    by.sender(),
                    by.clientMessageId(),
                    by.body(),
                    by.state()));
        });
    }

    private String conversationOf(long operation) {
        return all.stream()
                .filter(event -> event instanceof Event.Invoked invoked && invoked.operation() == operation)
                .map(event -> ((Event.Invoked) event).what().conversation())
                .findFirst()
                .map(Objects::requireNonNull)
                .orElseThrow();
    }
}
