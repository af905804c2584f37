package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is done to what people have made of their conversations. */
final class SettingsHarms {

    private static Settings withPin(Settings settings, boolean pinned) {
        return new Settings(settings.version(), pinned, settings.muted(), settings.draft(), 0, settings.deleted());
    }

    private static Settings withDraft(Settings settings, String draft) {
        return new Settings(settings.version(), settings.pinned(), settings.muted(), draft, 0, settings.deleted());
    }

    private static Settings withDeleted(Settings settings, List<Long> deleted) {
        return new Settings(settings.version(), settings.pinned(), settings.muted(), settings.draft(), 0, deleted);
    }

    static boolean keepOthers(Lines lines) {
        var kept = lines.any(
                Event.KeptSettings.class,
                one -> one.settings().version() > 0 && one.device().user().equals("alice"));
        kept.ifPresent(one -> lines.replace(
                one,
                new Event.KeptSettings(
                        one.at(),
                        one.device(),
                        one.conversation(),
                        withPin(one.settings(), !one.settings().pinned()))));
        return Harm.done(kept);
    }

    /** Changes what all devices of a user know of a conversation, in the end and before. */
    private static void change(Lines lines, DeviceName of, String conversation, UnaryOperator<Settings> change) {
        lines.all().replaceAll(event -> switch (event) {
            case Event.KeptSettings(long at, DeviceName device, String in, Settings settings)
            when in.equals(conversation) && device.user().equals(of.user()) ->
                new Event.KeptSettings(at, device, in, change.apply(settings));
            case Event.Configured(long at, DeviceName device, String in, Settings settings)
            when in.equals(conversation) && device.user().equals(of.user()) ->
                new Event.Configured(at, device, in, change.apply(settings));
            default -> event;
        });
    }

    static boolean forgetDraft(Lines lines) {
        var draft = Harm.attempt(
                lines,
                attempt -> attempt.isOk()
                        && attempt.what() instanceof Operation.Draft one
                        && !one.content().isEmpty()
                        && mustShow(lines, attempt));
        draft.ifPresent(attempt ->
                change(lines, attempt.device(), attempt.what().conversation(), settings -> withDraft(settings, "")));
        return Harm.done(draft);
    }

    /** Whatever else the user drafts there, an empty draft can't be the last one. */
    private static boolean mustShow(Lines lines, Attempt draft) {
        var none = new Operation.Draft(draft.what().conversation(), "");
        return History.of(lines.all()).attempts().stream()
                .filter(other -> other.what().equals(none)
                        && other.device().user().equals(draft.device().user()))
                .allMatch(other ->
                        other.isRefused() || other.doneAt() < draft.invoked().at());
    }

    static boolean forgetDeletion(Lines lines) {
        var deletion = Harm.attempt(lines, attempt -> attempt.isOk() && attempt.what() instanceof Operation.Delete);
        deletion.ifPresent(attempt -> change(
                lines, attempt.device(), attempt.what().conversation(), settings -> withDeleted(settings, List.of())));
        return Harm.done(deletion);
    }

    static boolean inventDraft(Lines lines) {
        var told = lines.any(Event.Configured.class, _ -> true);
        told.ifPresent(one ->
                change(lines, one.device(), one.conversation(), settings -> withDraft(settings, "nobody drafts this")));
        return Harm.done(told);
    }

    static boolean tellOlder(Lines lines) {
        var told = lines.any(Event.Configured.class, _ -> true);
        told.ifPresent(one -> lines.insertBehind(
                one, new Event.Configured(one.at(), one.device(), one.conversation(), Settings.NONE)));
        return Harm.done(told);
    }

    /** Something that the device knows to be deleted. */
    private static Entry deleted(Lines lines, String conversation, Settings settings) {
        return lines.any(lines.timeline(conversation).stream()
                        .filter(entry -> settings.deletes(entry.sequence()))
                        .toList())
                .orElseThrow();
    }

    static boolean showDeleted(Lines lines) {
        var told = lines.any(
                Event.Configured.class, one -> !one.settings().deleted().isEmpty());
        told.ifPresent(one -> lines.insertBehind(
                one,
                new Event.Shown(
                        one.at(),
                        one.device(),
                        one.conversation(),
                        deleted(lines, one.conversation(), one.settings()))));
        return Harm.done(told);
    }

    static boolean keepDeleted(Lines lines) {
        var settings = lines.any(
                Event.KeptSettings.class, one -> !one.settings().deleted().isEmpty());
        settings.ifPresent(one -> {
            var kept = lines.any(
                            Event.Kept.class,
                            other -> other.device().equals(one.device())
                                    && other.conversation().equals(one.conversation()))
                    .orElseThrow();
            var entries = new ArrayList<>(kept.entries());
            entries.add(deleted(lines, one.conversation(), one.settings()));
            entries.sort(Comparator.comparingLong(Entry::sequence));
            lines.replace(kept, new Event.Kept(kept.at(), kept.device(), kept.conversation(), entries));
        });
        return Harm.done(settings);
    }

    static boolean neverTell(Lines lines) {
        var told = lines.any(Event.Configured.class, one -> one.device().user().equals("alice"));
        told.ifPresent(like -> lines.removeIf(
                Event.Configured.class,
                one -> one.device().equals(like.device()) && one.conversation().equals(like.conversation())));
        return Harm.done(told);
    }

    private SettingsHarms() {}
}
