package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From which operation each entry of a conversation comes. */
final class Origins {

    /** By this a message is known when it does not say any more what it said. */
    private record Name(String sender, String clientMessageId) {}

    private final Map<String, Attempt> sends = new HashMap<>();
    private final Map<Long, List<Attempt>> recalls = new HashMap<>();
    /** Recalls that were not told of their entries. */
    private final List<Attempt> open = new ArrayList<>();

    private final Map<Name, Attempt> named = new HashMap<>();

    /** @param entries all that anybody has seen, as often as they were */
    Origins(List<Attempt> attempts, Stream<Entry> entries) {
        attempts.forEach(this::take);
        entries.forEach(this::name);
    }

    private void take(Attempt attempt) {
        var place = attempt.place();
        if (place != null) {
            named.put(new Name(attempt.device().user(), place.clientMessageId()), attempt);
        }
        switch (attempt.what()) {
            case Operation.Send send -> sends.put(send.content(), attempt);
            case Operation.Recall recall -> {
                recalls.computeIfAbsent(recall.target(), _ -> new ArrayList<>()).add(attempt);
                if (place == null) {
                    open.add(attempt);
                }
            }
            case Operation.Read _ -> {}
        }
    }

    private void name(Entry entry) {
        var name = new Name(entry.sender(), entry.clientMessageId());
        var attempt = named.containsKey(name)
                ? null
                : switch (entry.body()) {
                    case Body.Text text -> send(text, entry.sender());
                    case Body.Recall recall -> recall(recall, entry.sender());
                    case Body.Gone _ -> null;
                };
        if (attempt != null) {
            named.put(name, attempt);
        }
    }

    private @Nullable Attempt send(Body.Text text, String sender) {
        var attempt = sends.get(text.content());
        return attempt != null && attempt.device().user().equals(sender) ? attempt : null;
    }

    /** Somebody may have tried more than once: each entry is of another attempt, first of those that were not refused. */
    private @Nullable Attempt recall(Body.Recall recall, String sender) {
        var chosen = open.stream()
                .filter(attempt ->
                        is(attempt, recall) && attempt.device().user().equals(sender))
                .min(Comparator.comparing(Attempt::isRefused))
                .orElse(null);
        open.remove(chosen);
        return chosen;
    }

    private static boolean is(Attempt attempt, Body.Recall recall) {
        return attempt.what() instanceof Operation.Recall asked && asked.target() == recall.target();
    }

    /** Returns what an entry comes from; null if nobody, or somebody else than it says, has asked for it. */
    @Nullable
    Attempt of(Entry entry) {
        var attempt = named.get(new Name(entry.sender(), entry.clientMessageId()));
        return switch (entry.body()) {
            case Body.Text text -> send(text, entry.sender());
            case Body.Gone _ -> attempt != null && attempt.what() instanceof Operation.Send ? attempt : null;
            case Body.Recall recall -> attempt != null && is(attempt, recall) ? attempt : null;
        };
    }

    /** Returns the attempts to take back what is at a sequence. */
    List<Attempt> recallsOf(long sequence) {
        return recalls.getOrDefault(sequence, List.of());
    }
}
