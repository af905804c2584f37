package im.magpie.e2e.check;

import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import java.util.List;

/**
 * When all is quiet, everybody is answered, and soon every device has shown every entry that its user has not deleted, knows how far everybody has read, and what
 * its user has made of the conversation.
 */
final class Agreement implements Rule {

    @Override
    public String promise() {
        return "Once faults have stopped, all devices are equal within the time that the history allows.";
    }

    @Override
    public void check(History history, Findings findings) {
        var quiet = history.quiet();
        if (quiet == null) {
            return;
        }
        for (var conversation : history.conversations()) {
            checkAnswers(conversation, history, findings);
            if (!conversation.stored().isEmpty()) {
                var deadlines = new Deadlines(history, quiet.at());
                checkMessages(conversation, new Tellings(conversation), deadlines, findings);
                checkReads(conversation, deadlines, findings);
                checkSettings(conversation, deadlines, findings);
            }
        }
    }

    /** Until when a device has to know something. */
    private record Deadlines(History history, long quiet) {

        /** @param known when anybody knew it */
        long of(DeviceName device, long known) {
            var starts = history.life(device).starts();
            var open = starts.isEmpty() ? 0 : starts.getLast().at();
            return Math.max(Math.max(quiet, known), open) + history.began().patience();
        }

        String late(DeviceName device, long known, long at) {
            return "%.1f s too late".formatted((at - of(device, known)) / 1e9);
        }
    }

    /** A device that was closed has told whoever waited that it does not know; one that runs on has to find out. */
    private static void checkAnswers(Conversation conversation, History history, Findings findings) {
        for (var attempt : conversation.attempts()) {
            if (attempt.outcome() == null
                    && !(attempt.what() instanceof Operation.Read)
                    && history.life(attempt.device())
                            .lastsFrom(attempt.invoked().at())) {
                findings.add(
                        attempt.lines(), "%s: nobody ever heard what came of %s".formatted(conversation.id(), attempt));
            }
        }
    }

    private static void checkMessages(
            Conversation conversation, Tellings tellings, Deadlines deadlines, Findings findings) {
        for (var device : conversation.devices()) {
            for (var entry : conversation.entries()) {
                if (conversation.mayHaveDeleted(device.user(), entry.sequence())
                        || !conversation.mayRead(device.user(), entry.sequence())) {
                    continue;
                }
                if (entry.body().isShown()) {
                    check(conversation, device, entry, 0, tellings, deadlines, findings);
                }
                var changed = tellings.lastChange(device.user(), entry);
                if (changed > 0) {
                    check(conversation, device, entry, changed, tellings, deadlines, findings);
                }
            }
        }
    }

    private static void check(
            Conversation conversation,
            DeviceName device,
            Entry entry,
            long change,
            Tellings tellings,
            Deadlines deadlines,
            Findings findings) {
        var told = tellings.first(device, entry, change);
        var known = Math.max(tellings.knownSince(entry, change), tellings.readableSince(device.user(), entry));
        if (told == null) {
            findings.add(List.of(), "%s: %s was never shown by %s".formatted(conversation.id(), entry, device));
        } else if (told.at() > deadlines.of(device, known)) {
            var late = deadlines.late(device, known, told.at());
            findings.add(List.of(told), "%s: %s was shown by %s %s".formatted(conversation.id(), entry, device, late));
        }
    }

    private static void checkReads(Conversation conversation, Deadlines deadlines, Findings findings) {
        var reads = new Reads(conversation, deadlines.history());
        for (var user : conversation.people()) {
            var furthest = reads.furthest(user);
            for (var device : furthest.sequence() == 0 ? List.<DeviceName>of() : concerned(conversation, user)) {
                var at = reads.learnt(device, furthest);
                if (at == Reads.NEVER) {
                    findings.add(
                            List.of(furthest.line()),
                            "%s: %s never learnt that %s has read everything up to %d"
                                    .formatted(conversation.id(), device, user, furthest.sequence()));
                } else if (at > deadlines.of(device, furthest.line().at())) {
                    findings.add(
                            List.of(furthest.line()),
                            "%s: %s learnt that %s has read everything up to %d %s"
                                    .formatted(
                                            conversation.id(),
                                            device,
                                            user,
                                            furthest.sequence(),
                                            deadlines.late(
                                                    device, furthest.line().at(), at)));
                }
            }
        }
    }

    /** In a group who has read how far is for those to ask who want to know. */
    private static List<DeviceName> concerned(Conversation conversation, String reader) {
        return conversation.devices().stream()
                .filter(device ->
                        conversation.memberships() == null || device.user().equals(reader))
                .toList();
    }

    private static void checkSettings(Conversation conversation, Deadlines deadlines, Findings findings) {
        for (var user : conversation.people()) {
            var told = conversation.configured().stream()
                    .filter(one -> one.device().user().equals(user))
                    .toList();
            told.stream()
                    .mapToLong(one -> one.settings().version())
                    .max()
                    .ifPresent(newest -> checkSettings(conversation, user, newest, told, deadlines, findings));
        }
    }

    /** @param told to the user's devices, in that order */
    private static void checkSettings(
            Conversation conversation,
            String user,
            long newest,
            List<Event.Configured> told,
            Deadlines deadlines,
            Findings findings) {
        var newestTold =
                told.stream().filter(one -> one.settings().version() == newest).toList();
        var first = newestTold.getFirst();
        for (var device : conversation.devices()) {
            var learnt = newestTold.stream()
                    .filter(one -> one.device().equals(device))
                    .findFirst();
            if (device.user().equals(user) && learnt.isEmpty()) {
                findings.add(
                        List.of(first),
                        "%s: %s never learnt what its user has made of it".formatted(conversation.id(), device));
            } else if (learnt.isPresent() && learnt.get().at() > deadlines.of(device, first.at())) {
                findings.add(
                        List.of(first, learnt.get()),
                        "%s: %s learnt what its user has made of it %s"
                                .formatted(
                                        conversation.id(),
                                        device,
                                        deadlines.late(
                                                device, first.at(), learnt.get().at())));
            }
        }
    }
}
