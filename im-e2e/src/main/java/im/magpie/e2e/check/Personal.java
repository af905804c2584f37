package im.magpie.e2e.check;

import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Settings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings and deletions are a user's own: all his devices know the same in the end, which he has asked for, and which is not older than what was acknowledged. What
 * he has deleted is gone from his devices and from what the server answers them, and no device shows it that has heard of that.
 */
final class Personal implements Rule {

    @Override
    public String promise() {
        return "What a user makes of a conversation for himself is the same on all his devices, and what he deletes"
                + " stays away.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            var wishes = Wishes.of(conversation);
            checkTold(conversation, wishes, findings);
            checkShown(conversation, history, wishes, findings);
            wishes.values().forEach(one -> checkEnd(conversation, one, findings));
            checkGone(conversation, findings);
        }
    }

    private record Version(String user, long version) {}

    private static void checkTold(Conversation conversation, Map<String, Wishes> wishes, Findings findings) {
        Map<DeviceName, Event.Configured> before = new HashMap<>();
        Map<Version, Event.Configured> first = new HashMap<>();
        for (var one : conversation.configured()) {
            var user = one.device().user();
            var last = before.put(one.device(), one);
            if (last != null && last.settings().version() >= one.settings().version()) {
                findings.add(
                        List.of(last, one),
                        "%s: %s was told of settings that are not newer".formatted(conversation.id(), one.device()));
            }
            var same = first.putIfAbsent(new Version(user, one.settings().version()), one);
            if (same != null && !same.settings().equals(one.settings())) {
                findings.add(
                        List.of(same, one),
                        "%s: one version of the settings of %s is two".formatted(conversation.id(), user));
            } else if (same == null && !wishes.getOrDefault(user, Wishes.NONE).allow(one.settings(), one.at())) {
                findings.add(
                        List.of(one), "%s: %s has not asked for these settings".formatted(conversation.id(), user));
            }
        }
    }

    private static void checkEnd(Conversation conversation, Wishes wishes, Findings findings) {
        var all = conversation.keptSettings().values().stream()
                .filter(kept -> kept.device().user().equals(wishes.user()))
                .toList();
        for (var kept : all) {
            var first = all.getFirst();
            if (!kept.settings().equals(first.settings())) {
                findings.add(
                        List.of(first, kept),
                        "%s: %s and %s know different settings"
                                .formatted(conversation.id(), first.device(), kept.device()));
            }
            if (!wishes.allow(kept.settings(), kept.at())) {
                findings.add(
                        List.of(kept),
                        "%s: %s has not asked for these settings".formatted(conversation.id(), wishes.user()));
            }
            for (var attempt : wishes.forgottenIn(kept.settings())) {
                findings.add(
                        attempt.lines(),
                        "%s: %s does not show on %s".formatted(conversation.id(), attempt, kept.device()));
            }
        }
    }

    private static void checkShown(
            Conversation conversation, History history, Map<String, Wishes> wishes, Findings findings) {
        conversation.told().forEach((device, told) -> {
            var knowledge = new Knowledge(conversation, device);
            var starts = history.life(device).starts();
            var begin = starts.isEmpty() ? 0 : starts.getFirst().at();
            var own = wishes.getOrDefault(device.user(), Wishes.NONE);
            for (var one : told) {
                var sequence = one.entry().sequence();
                if (knowledge.at(one.at()).deletes(sequence)) {
                    findings.add(
                            List.of(one),
                            "%s: %s was told of what it knew to be deleted".formatted(conversation.id(), device));
                } else if (own.deletedBefore(sequence, begin)) {
                    findings.add(
                            List.of(one),
                            "%s: %s began later than this was deleted".formatted(conversation.id(), device));
                }
            }
        });
    }

    /** What a device knows of its user's settings, asked for in the order of time. */
    private static final class Knowledge {

        private final Deque<Event.Configured> coming;
        private Settings settings = Settings.NONE;

        Knowledge(Conversation conversation, DeviceName device) {
            this.coming = conversation.configured().stream()
                    .filter(one -> one.device().equals(device))
                    .collect(Collectors.toCollection(ArrayDeque::new));
        }

        Settings at(long time) {
            while (!coming.isEmpty() && coming.getFirst().at() <= time) {
                settings = coming.removeFirst().settings();
            }
            return settings;
        }
    }

    private static void checkGone(Conversation conversation, Findings findings) {
        for (var view : View.of(conversation)) {
            var kept = conversation.keptSettings().get(view.device());
            if (kept == null || view.kind() == View.Kind.SHOWN) {
                continue;
            }
            for (var entry : view.entries()) {
                if (kept.settings().deletes(entry.sequence())) {
                    findings.add(List.of(), "%s: %s is deleted, and in %s".formatted(conversation.id(), entry, view));
                }
            }
        }
    }
}
