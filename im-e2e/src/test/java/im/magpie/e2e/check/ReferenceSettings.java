package im.magpie.e2e.check;

import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What people make of their conversations for themselves, and what their devices know of it. */
final class ReferenceSettings {

    private record Member(String conversation, String user) {}

    private record Known(DeviceName device, String conversation) {}

    private final Map<Member, Settings> settings = new HashMap<>();
    private final Map<Known, Settings> known = new HashMap<>();

    Settings of(String conversation, String user) {
        return settings.getOrDefault(new Member(conversation, user), Settings.NONE);
    }

    Settings knownTo(DeviceName device, String conversation) {
        return known.getOrDefault(new Known(device, conversation), Settings.NONE);
    }

    /** A device hears of them; returns whether they are news. */
    boolean tell(DeviceName device, String conversation) {
        var newest = of(conversation, device.user());
        return !newest.equals(known.put(new Known(device, conversation), newest)) && newest.version() > 0;
    }

    /** What changes nothing makes no new version. */
    void change(String user, Operation.Personal by) {
        var member = new Member(by.conversation(), user);
        var before = of(by.conversation(), user);
        if (!by.isIn(before)) {
            settings.put(member, changed(before, by));
        }
    }

    /**
     * Returns something that somebody may make of a conversation.
     *
     * @param others messages that are not his own
     * @param draft unlike any other
     */
    Operation.Personal any(SplittableRandom random, String conversation, List<Entry> others, String draft) {
        return switch (random.nextInt(4)) {
            case 0 -> new Operation.Pin(conversation, random.nextBoolean());
            case 1 -> new Operation.Mute(conversation, random.nextBoolean());
            case 2 -> new Operation.Draft(conversation, random.nextInt(6) == 0 ? "" : draft);
            default ->
                others.isEmpty()
                        ? new Operation.Pin(conversation, true)
                        : new Operation.Delete(
                                conversation,
                                others.get(random.nextInt(others.size())).sequence());
        };
    }

    private static Settings changed(Settings before, Operation.Personal by) {
        var version = before.version() + 1;
        return switch (by) {
            case Operation.Pin pin ->
                new Settings(version, pin.pinned(), before.muted(), before.draft(), 0, before.deleted());
            case Operation.Mute mute ->
                new Settings(version, before.pinned(), mute.muted(), before.draft(), 0, before.deleted());
            case Operation.Draft draft ->
                new Settings(version, before.pinned(), before.muted(), draft.content(), 0, before.deleted());
            case Operation.Delete delete -> {
                var deleted = new TreeSet<>(before.deleted());
                deleted.add(delete.sequence());
                yield new Settings(version, before.pinned(), before.muted(), before.draft(), 0, List.copyOf(deleted));
            }
        };
    }
}
