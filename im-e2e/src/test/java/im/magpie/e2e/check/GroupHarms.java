package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Memberships;
import im.magpie.e2e.history.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done to a group. */
final class GroupHarms {

    private static final String GROUP = ReferenceGroup.ID;

    /** A device keeps something that its user may not read. */
    static boolean keepMore(Lines lines) {
        var kept = lines.any(
                Event.Kept.class,
                one -> one.conversation().equals(GROUP) && hidden(lines, one).isPresent());
        kept.ifPresent(one -> lines.replace(
                one,
                new Event.Kept(
                        one.at(),
                        one.device(),
                        GROUP,
                        Stream.concat(one.entries().stream(), hidden(lines, one).stream())
                                .toList())));
        return Harm.done(kept);
    }

    private static Optional<Entry> hidden(Lines lines, Event.Kept kept) {
        var timeline = lines.timeline(GROUP);
        var memberships = new Memberships(timeline);
        return timeline.stream()
                .filter(entry -> !memberships.mayRead(kept.device().user(), entry.sequence()))
                .findFirst();
    }

    /** A device lacks an event that its user reads. */
    static boolean keepLess(Lines lines) {
        var kept = lines.any(
                Event.Kept.class,
                one -> one.conversation().equals(GROUP)
                        && one.entries().stream().anyMatch(GroupHarms::isEvent));
        kept.ifPresent(one -> lines.replace(
                one,
                new Event.Kept(
                        one.at(),
                        one.device(),
                        GROUP,
                        one.entries().stream().filter(entry -> !isEvent(entry)).toList())));
        return Harm.done(kept);
    }

    /** Somebody speaks who never came. */
    static boolean hideComing(Lines lines) {
        var coming = lines.any(lines.timeline(GROUP).stream()
                .filter(entry -> entry.body() instanceof Body.Came came && came.version() > 1 && speaks(lines, entry))
                .toList());
        coming.ifPresent(entry -> replaceEvent(lines, entry, new Body.Other(version(entry), "nothing")));
        return Harm.done(coming);
    }

    private static boolean speaks(Lines lines, Entry coming) {
        var timeline = lines.timeline(GROUP);
        var user = ((Body.Came) coming.body()).users().getFirst();
        var end = new Memberships(timeline)
                .staysOf(user).stream()
                        .filter(stay -> stay.begin() == coming.sequence())
                        .mapToLong(Memberships.Stay::end)
                        .findFirst()
                        .orElse(0);
        return timeline.stream()
                .anyMatch(entry -> entry.sender().equals(user)
                        && !isEvent(entry)
                        && entry.sequence() > coming.sequence()
                        && entry.sequence() < end);
    }

    /** Somebody is silenced before he speaks. */
    static boolean silence(Lines lines) {
        var event = lines.any(lines.timeline(GROUP).stream()
                .filter(entry -> entry.body() instanceof Body.Named
                        && !nextSpeaker(lines, entry).isEmpty())
                .toList());
        event.ifPresent(entry ->
                replaceEvent(lines, entry, new Body.Silenced(version(entry), nextSpeaker(lines, entry), true)));
        return Harm.done(event);
    }

    private static String nextSpeaker(Lines lines, Entry before) {
        var timeline = lines.timeline(GROUP);
        return before.sequence() == timeline.size() || isEvent(timeline.get((int) before.sequence()))
                ? ""
                : timeline.get((int) before.sequence()).sender();
    }

    static boolean skipVersion(Lines lines) {
        var event = lines.any(
                lines.timeline(GROUP).stream().filter(GroupHarms::isEvent).toList());
        event.ifPresent(entry -> replaceEvent(lines, entry, new Body.Other(version(entry) + 1, "nothing")));
        return Harm.done(event);
    }

    /** Somebody goes who is not in it. */
    static boolean sendAwayTwice(Lines lines) {
        var event = lines.any(lines.timeline(GROUP).stream()
                .filter(entry -> entry.body() instanceof Body.Named)
                .toList());
        event.ifPresent(entry -> replaceEvent(lines, entry, new Body.Went(version(entry), List.of("mallory"))));
        return Harm.done(event);
    }

    /** The group keeps its name, though another one was acknowledged. */
    static boolean loseName(Lines lines) {
        var attempt = Harm.attempt(lines, one -> one.isOk() && one.what() instanceof Operation.Name);
        attempt.ifPresent(one -> lines.timeline(GROUP).stream()
                .filter(entry -> entry.body() instanceof Body.Named named
                        && one.what().equals(new Operation.Name(GROUP, named.name())))
                .toList()
                .forEach(entry -> replaceEvent(lines, entry, new Body.Other(version(entry), "nothing"))));
        return Harm.done(attempt);
    }

    /** What nobody has asked for has happened. */
    static boolean happenByItself(Lines lines) {
        var attempt = Harm.attempt(lines, one -> one.isOk() && one.what() instanceof Operation.Name);
        attempt.ifPresent(one -> one.lines().forEach(lines::remove));
        return Harm.done(attempt);
    }

    private static boolean isEvent(Entry entry) {
        return entry.body() instanceof Body.OfGroup;
    }

    private static long version(Entry event) {
        return ((Body.OfGroup) event.body()).version();
    }

    private static void replaceEvent(Lines lines, Entry event, Body by) {
        lines.change(GROUP, entry -> List.of(entry.equals(event) ? entry.with(by) : entry));
    }

    private GroupHarms() {}
}
