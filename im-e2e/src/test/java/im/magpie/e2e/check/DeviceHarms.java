package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is done to what one device sees, is told or keeps. */
final class DeviceHarms {

    /** Changes what some device keeps of a conversation with so many messages at least that are not gone. */
    static boolean keep(Lines lines, int least, Consumer<List<Entry>> change) {
        var kept = lines.any(
                Event.Kept.class,
                one -> one.entries().stream().filter(Harm::says).count() >= least);
        kept.ifPresent(one -> {
            var entries = new ArrayList<>(one.entries());
            change.accept(entries);
            lines.replace(one, new Event.Kept(one.at(), one.device(), one.conversation(), entries));
        });
        return Harm.done(kept);
    }

    /** A device forgets an entry that its user has not deleted. */
    static boolean forget(Lines lines) {
        var kept = lines.any(
                Event.Kept.class,
                one -> !one.entries().isEmpty()
                        && !lines.deletes(
                                one.device(),
                                one.conversation(),
                                one.entries().getLast().sequence()));
        kept.ifPresent(one -> lines.replace(
                one,
                new Event.Kept(
                        one.at(),
                        one.device(),
                        one.conversation(),
                        one.entries().subList(0, one.entries().size() - 1))));
        return Harm.done(kept);
    }

    static boolean neverShow(Lines lines) {
        var shown = lines.any(Event.Shown.class, one -> !lines.deletes(one));
        shown.ifPresent(lines::remove);
        return Harm.done(shown);
    }

    static boolean changeWords(Lines lines) {
        return keep(lines, 1, entries -> {
            var entry = lines.any(entries.stream().filter(Harm::says).toList()).orElseThrow();
            entries.set(entries.indexOf(entry), entry.with(new Body.Text(entry.clientMessageId() + "?")));
        });
    }

    static boolean refuse(Lines lines) {
        var sent = Harm.attempt(lines, attempt -> attempt.place() != null && attempt.what() instanceof Operation.Send);
        sent.map(Attempt::completed)
                .ifPresent(one -> lines.replace(
                        one, new Event.Completed(one.at(), one.operation(), new Outcome.Fail("FORBIDDEN"))));
        return Harm.done(sent);
    }

    static boolean leak(Lines lines) {
        var shown = lines.any(Event.Shown.class, one -> one.conversation().equals("private_alice_bob"));
        shown.ifPresent(one -> lines.insertBehind(
                one, new Event.Shown(one.at(), new DeviceName("carol", "phone"), one.conversation(), one.entry())));
        return Harm.done(shown);
    }

    static boolean showTwice(Lines lines) {
        var shown = lines.any(Event.Shown.class, _ -> true);
        shown.ifPresent(one -> lines.insertBehind(one, one));
        return Harm.done(shown);
    }

    static void swapFirst(List<Entry> entries) {
        Collections.swap(entries, 0, 1);
    }

    static boolean swapShown(Lines lines) {
        var second = lines.any(Event.Shown.class, one -> shownBefore(lines, one).isPresent());
        second.ifPresent(one -> {
            var first = shownBefore(lines, one).orElseThrow();
            lines.replace(first, new Event.Shown(first.at(), one.device(), one.conversation(), one.entry()));
            lines.replace(one, new Event.Shown(one.at(), one.device(), one.conversation(), first.entry()));
        });
        return Harm.done(second);
    }

    private static Optional<Event.Shown> shownBefore(Lines lines, Event.Shown one) {
        return lines.any(
                Event.Shown.class,
                other -> other.device().equals(one.device())
                        && other.conversation().equals(one.conversation())
                        && other.entry().ordinal() == one.entry().ordinal() - 1);
    }

    static boolean turnMarkBack(Lines lines) {
        var mark = lines.any(Event.Marked.class, one -> one.delivered() > 0);
        mark.ifPresent(one -> lines.insertBehind(
                one, new Event.Marked(one.at(), one.device(), one.conversation(), one.user(), 0, 0)));
        return Harm.done(mark);
    }

    static boolean mark(Lines lines, Function<Event.Marked, Event.Marked> change) {
        var mark = lines.any(Event.Marked.class, _ -> true);
        mark.ifPresent(one -> lines.insertBehind(one, change.apply(one)));
        return Harm.done(mark);
    }

    static Event.Marked beyondTheEnd(Event.Marked one) {
        return new Event.Marked(one.at(), one.device(), one.conversation(), one.user(), 1_000_000, one.read());
    }

    static boolean markEarly(Lines lines) {
        var mark = lines.any(Event.Marked.class, one -> one.delivered() > 0);
        mark.ifPresent(one -> lines.insertBehind(
                lines.all().getFirst(),
                new Event.Marked(
                        lines.all().getFirst().at(),
                        one.device(),
                        one.conversation(),
                        one.user(),
                        one.delivered(),
                        0)));
        return Harm.done(mark);
    }

    static boolean readForOthers(Lines lines) {
        var mark = lines.any(Event.Marked.class, one -> isPrivate(one.conversation()) && one.delivered() > one.read());
        mark.ifPresent(one -> {
            lines.removeIf(
                    Event.Invoked.class,
                    asked -> asked.what() instanceof Operation.Read
                            && asked.device().user().equals(one.user()));
            lines.insertBehind(
                    one,
                    new Event.Marked(
                            one.at(), one.device(), one.conversation(), one.user(), one.delivered(), one.delivered()));
        });
        return Harm.done(mark);
    }

    static boolean keepRecalled(Lines lines) {
        var shown = lines.any(
                Event.Shown.class,
                one -> isPrivate(one.conversation())
                        && Harm.says(one.entry())
                        && !Harm.says(last(lines, one))
                        && keeping(lines, one).isPresent());
        shown.ifPresent(one -> keepInstead(lines, keeping(lines, one).orElseThrow(), one.entry()));
        return Harm.done(shown);
    }

    static boolean keepUnedited(Lines lines) {
        var shown = lines.any(
                Event.Shown.class,
                one -> isPrivate(one.conversation())
                        && one.entry().edit() < last(lines, one).edit()
                        && keeping(lines, one).isPresent());
        shown.ifPresent(one -> keepInstead(
                lines,
                keeping(lines, one).orElseThrow(),
                last(lines, one).with(one.entry().body())));
        return Harm.done(shown);
    }

    /** In groups who has left need not hear of what is new, and nobody has to hear how far others are. */
    private static boolean isPrivate(String conversation) {
        return !conversation.equals(ReferenceGroup.ID);
    }

    /** Returns what a device keeps that has a message still. */
    private static Optional<Event.Kept> keeping(Lines lines, Event.Shown shown) {
        return lines.any(
                Event.Kept.class,
                kept -> kept.conversation().equals(shown.conversation())
                        && kept.entries().stream()
                                .anyMatch(entry ->
                                        entry.sequence() == shown.entry().sequence()));
    }

    private static void keepInstead(Lines lines, Event.Kept kept, Entry other) {
        var entries = new ArrayList<>(kept.entries());
        entries.replaceAll(entry -> entry.sequence() == other.sequence() ? other : entry);
        lines.replace(kept, new Event.Kept(kept.at(), kept.device(), kept.conversation(), entries));
    }

    /** The state that a message has in the end. */
    private static Entry last(Lines lines, Event.Told told) {
        return lines.timeline(told.conversation()).get((int) told.entry().sequence() - 1);
    }

    static boolean tellOlder(Lines lines) {
        var changed = lines.any(Event.Changed.class, _ -> true);
        changed.ifPresent(one -> {
            var before =
                    lines.any(Event.Shown.class, shown -> isSame(shown, one)).orElseThrow();
            lines.insertBehind(one, new Event.Changed(one.at(), one.device(), one.conversation(), before.entry()));
        });
        return Harm.done(changed);
    }

    private static boolean isSame(Event.Told one, Event.Told other) {
        return one.device().equals(other.device())
                && one.conversation().equals(other.conversation())
                && one.entry().sequence() == other.entry().sequence();
    }

    static boolean neverTellChange(Lines lines) {
        var changed =
                lines.any(Event.Changed.class, one -> one.entry().equals(last(lines, one)) && !lines.deletes(one));
        changed.ifPresent(told -> lines.removeIf(Event.Changed.class, one -> isSame(one, told)));
        return Harm.done(changed);
    }

    static boolean showLate(Lines lines) {
        var last = lines.any(
                Event.Shown.class,
                one -> one.entry().sequence()
                                == lines.timeline(one.conversation()).size()
                        && !lines.deletes(one));
        last.ifPresent(one -> {
            lines.remove(one);
            var late = lines.all().getLast().at() + ReferenceChat.PATIENCE + 1;
            lines.all().add(new Event.Shown(late, one.device(), one.conversation(), one.entry()));
        });
        return Harm.done(last);
    }

    static boolean neverAnswer(Lines lines) {
        var answered = Harm.attempt(lines, attempt -> attempt.isOk() && lives(lines, attempt));
        answered.ifPresent(attempt -> lines.remove(Objects.requireNonNull(attempt.completed())));
        return Harm.done(answered);
    }

    private static boolean lives(Lines lines, Attempt attempt) {
        return History.of(lines.all())
                .life(attempt.device())
                .lastsFrom(attempt.invoked().at());
    }

    static boolean neverTell(Lines lines) {
        var mark = lines.any(
                Event.Marked.class,
                one -> isPrivate(one.conversation())
                        && one.read() > 0
                        && !one.device().user().equals(one.user()));
        mark.ifPresent(told -> lines.removeIf(
                Event.Marked.class,
                one -> one.device().equals(told.device())
                        && one.user().equals(told.user())
                        && one.conversation().equals(told.conversation())));
        return Harm.done(mark);
    }

    static boolean turnOut(Lines lines) {
        var shown = lines.any(Event.Shown.class, _ -> true);
        shown.ifPresent(one -> lines.insertBehind(one, new Event.Kicked(one.at(), one.device(), "SUPERSEDED")));
        return Harm.done(shown);
    }

    static boolean neverLook(Lines lines) {
        var kept = lines.any(Event.Kept.class, _ -> true);
        kept.ifPresent(lines::remove);
        return Harm.done(kept);
    }

    private DeviceHarms() {}
}
