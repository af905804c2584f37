package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A promise of whoever made the history: a run that did not look everywhere in the end, or whose messages can't be told apart, proves nothing. */
final class Complete implements Rule {

    @Override
    public String promise() {
        return "The history was written to its end: all was quiet, and everything was read once more.";
    }

    @Override
    public void check(History history, Findings findings) {
        var quiet = history.quiet();
        if (quiet == null) {
            findings.add(List.of(), "it never came to rest");
        }
        history.conversations().forEach(conversation -> check(conversation, quiet, findings));
        history.lives().stream()
                .filter(life -> !life.isOpenInTheEnd())
                .forEach(life -> findings.add(List.of(), "%s is off in the end".formatted(life.device())));
        checkContents(history, findings);
        checkRest(history, quiet, findings);
    }

    private static void check(Conversation conversation, Event.@Nullable Quiet quiet, Findings findings) {
        if (conversation.stored().isEmpty()) {
            findings.add(List.of(), "nobody asked for the history of %s".formatted(conversation.id()));
        }
        for (var device : conversation.devices()) {
            var kept = conversation.kept().get(device);
            if (kept == null || quiet == null || kept.at() < quiet.at()) {
                findings.add(List.of(), "nobody looked at what %s keeps of %s".formatted(device, conversation.id()));
            }
            if (hasSettings(conversation) && !conversation.keptSettings().containsKey(device)) {
                findings.add(List.of(), "nobody looked at what %s knows of %s".formatted(device, conversation.id()));
            }
        }
    }

    private static boolean hasSettings(Conversation conversation) {
        return !conversation.configured().isEmpty()
                || conversation.attempts().stream().anyMatch(attempt -> attempt.what() instanceof Operation.Personal);
    }

    private static void checkContents(History history, Findings findings) {
        Map<String, Attempt> said = new HashMap<>();
        for (var attempt : history.attempts()) {
            var words = switch (attempt.what()) {
                case Operation.Send send -> send.content();
                case Operation.Edit edit -> edit.content();
                case Operation.Name name -> name.name();
                case Operation.Recall _,
                        Operation.React _,
                        Operation.Read _,
                        Operation.Personal _,
                        Operation.OfGroup _ -> null;
            };
            var before = words == null ? null : said.putIfAbsent(words, attempt);
            if (before != null) {
                findings.add(
                        List.of(before.invoked(), attempt.invoked()),
                        "%s and %s say the same".formatted(before, attempt));
            }
        }
    }

    private static void checkRest(History history, Event.@Nullable Quiet quiet, Findings findings) {
        history.attempts().stream()
                .filter(attempt -> quiet != null && attempt.invoked().at() > quiet.at())
                .forEach(attempt ->
                        findings.add(attempt.lines(), "%s was asked for when all was quiet".formatted(attempt)));
    }
}
