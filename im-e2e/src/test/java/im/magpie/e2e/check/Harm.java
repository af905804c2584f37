package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A way to break a promise.
 *
 * @param what it does
 * @param broken the rule that has to find it; others may as well
 * @param done changes a history that keeps all promises; false where that history has nothing to do it to
 */
record Harm(String what, Class<? extends Rule> broken, Predicate<Lines> done) {

    static final List<Harm> ALL = List.of(
            new Harm("the last message is lost, though acknowledged", NothingLost.class, TimelineHarms::loseLast),
            new Harm("a device forgets an entry", OneOrder.class, DeviceHarms::forget),
            new Harm("a device is never shown an entry", Agreement.class, DeviceHarms::neverShow),
            new Harm("there is something that nobody said", NothingInvented.class, TimelineHarms::invent),
            new Harm("a device keeps other words", NothingInvented.class, DeviceHarms::changeWords),
            new Harm("a sender is told that it was refused", NothingInvented.class, DeviceHarms::refuse),
            new Harm("somebody else is shown it", NothingInvented.class, DeviceHarms::leak),
            new Harm("a device is shown it twice", OneCopy.class, DeviceHarms::showTwice),
            new Harm(
                    "it is stored under a second id",
                    OneCopy.class,
                    lines -> TimelineHarms.storeTwice(lines, "another id")),
            new Harm("it is stored twice under its id", OneCopy.class, lines -> TimelineHarms.storeTwice(lines, "")),
            new Harm(
                    "a device keeps another order",
                    OneOrder.class,
                    lines -> DeviceHarms.keep(lines, 2, DeviceHarms::swapFirst)),
            new Harm("a device is shown another order", OneOrder.class, DeviceHarms::swapShown),
            new Harm("there is a hole", OneOrder.class, TimelineHarms::skipNumber),
            new Harm("messages are counted wrongly", OneOrder.class, TimelineHarms::miscount),
            new Harm("time falls", OneOrder.class, TimelineHarms::turnTimeBack),
            new Harm("a device's messages overtake each other", SendersOrder.class, TimelineHarms::overtake),
            new Harm("it stands before what was acknowledged before", SendersOrder.class, TimelineHarms::ignoreTime),
            new Harm("a mark goes back", Watermarks.class, DeviceHarms::turnMarkBack),
            new Harm(
                    "a mark is beyond the end",
                    Watermarks.class,
                    lines -> DeviceHarms.mark(lines, DeviceHarms::beyondTheEnd)),
            new Harm("a mark is ahead of its time", Watermarks.class, DeviceHarms::markEarly),
            new Harm("a mark says what nobody read", Watermarks.class, DeviceHarms::readForOthers),
            new Harm("a device keeps what was recalled", Changes.class, DeviceHarms::keepRecalled),
            new Harm("a device keeps the words from before an edit", Changes.class, DeviceHarms::keepUnedited),
            new Harm("a device hears of an older state again", Changes.class, DeviceHarms::tellOlder),
            new Harm("a device never hears of a change", Agreement.class, DeviceHarms::neverTellChange),
            new Harm("reactions are counted wrongly", Changes.class, TimelineHarms::miscountReactions),
            new Harm("what nobody recalled is gone", NothingInvented.class, TimelineHarms::wipe),
            new Harm("a recall leaves no entry", Changes.class, TimelineHarms::hideRecall),
            new Harm("a device knows other settings", Personal.class, SettingsHarms::keepOthers),
            new Harm("a draft is lost, though acknowledged", Personal.class, SettingsHarms::forgetDraft),
            new Harm("a deletion is lost, though acknowledged", Personal.class, SettingsHarms::forgetDeletion),
            new Harm("there is a draft that nobody made", Personal.class, SettingsHarms::inventDraft),
            new Harm("a device hears of older settings", Personal.class, SettingsHarms::tellOlder),
            new Harm("what was deleted is shown anew", Personal.class, SettingsHarms::showDeleted),
            new Harm("a device keeps what was deleted", Personal.class, SettingsHarms::keepDeleted),
            new Harm("a device never learns of settings", Agreement.class, SettingsHarms::neverTell),
            new Harm("a device is shown it too late", Agreement.class, DeviceHarms::showLate),
            new Harm("a sender is never answered", Agreement.class, DeviceHarms::neverAnswer),
            new Harm("a device never learns of a read", Agreement.class, DeviceHarms::neverTell),
            new Harm("a device is turned out", StaysIn.class, DeviceHarms::turnOut),
            new Harm("somebody keeps what he may not read", MayRead.class, GroupHarms::keepMore),
            new Harm("somebody lacks what he reads", MayRead.class, GroupHarms::keepLess),
            new Harm("somebody speaks who never came", MayWrite.class, GroupHarms::hideComing),
            new Harm("somebody speaks who is silenced", MayWrite.class, GroupHarms::silence),
            new Harm("a group skips a version", Versions.class, GroupHarms::skipVersion),
            new Harm("somebody goes who is not in the group", Versions.class, GroupHarms::sendAwayTwice),
            new Harm("a change of a group is lost, though acknowledged", GroupChanges.class, GroupHarms::loseName),
            new Harm("a group changes by itself", GroupChanges.class, GroupHarms::happenByItself),
            new Harm("it never comes to rest", Complete.class, lines -> lines.removeIf(Event.Quiet.class, _ -> true)),
            new Harm("nobody looks at a device", Complete.class, DeviceHarms::neverLook));

    @Override
    public String toString() {
        return what;
    }

    static Optional<Attempt> attempt(Lines lines, Predicate<Attempt> choice) {
        return lines.any(
                History.of(lines.all()).attempts().stream().filter(choice).toList());
    }

    static long sequence(Attempt attempt) {
        return Objects.requireNonNull(attempt.place()).sequence();
    }

    static boolean done(Optional<?> chosen) {
        return chosen.isPresent();
    }

    static boolean says(Entry entry) {
        return entry.body() instanceof Body.Text;
    }
}
