package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From which operation each entry of a conversation comes, and the words of each message. */
final class Origins {

    /** By this an entry is known when it does not say any more what it said. */
    private record Name(String sender, String clientMessageId) {

        static Name of(Entry entry) {
            return new Name(entry.sender(), entry.clientMessageId());
        }
    }

    /** Sends and edits. */
    private final Map<String, Attempt> words = new HashMap<>();

    private final Map<Long, List<Attempt>> recalls = new HashMap<>();
    /** Changes that were not told of their entries. */
    private final List<Attempt> open = new ArrayList<>();

    /** By the sequences of their entries, as the words show that they made. */
    private final Map<Long, Attempt> edits = new HashMap<>();

    private final Map<Name, Attempt> named = new HashMap<>();

    /** @param entries all that anybody has seen */
    Origins(List<Attempt> attempts, Collection<Entry> entries) {
        attempts.forEach(this::take);
        entries.stream().filter(entry -> entry.edit() > 0).forEach(this::takeEdit);
        open.removeAll(edits.values());
        entries.forEach(this::name);
    }

    private void take(Attempt attempt) {
        var place = attempt.place();
        if (place != null) {
            named.put(new Name(attempt.device().user(), place.clientMessageId()), attempt);
        } else if (attempt.what() instanceof Operation.Change) {
            open.add(attempt);
        }
        switch (attempt.what()) {
            case Operation.Send send -> words.put(send.content(), attempt);
            case Operation.Edit edit -> words.put(edit.content(), attempt);
            case Operation.Recall recall ->
                recalls.computeIfAbsent(recall.target(), _ -> new ArrayList<>()).add(attempt);
            case Operation.OfGroup _ ->
                named.put(
                        new Name(
                                attempt.device().user(),
                                RequestIds.of(attempt.invoked().operation()).toString()),
                        attempt);
            case Operation.React _, Operation.Read _, Operation.Personal _ -> {}
        }
    }

    private void takeEdit(Entry entry) {
        var attempt = words(entry);
        if (attempt != null && attempt.what() instanceof Operation.Edit) {
            edits.putIfAbsent(entry.edit(), attempt);
        }
    }

    private void name(Entry entry) {
        var attempt = named.containsKey(Name.of(entry))
                ? null
                : switch (entry.body()) {
                    case Body.Text text -> send(text, entry.sender());
                    case Body.Change change -> change(change, entry);
                    case Body.Gone _, Body.OfGroup _ -> null;
                };
        if (attempt != null) {
            named.put(Name.of(entry), attempt);
        }
    }

    private static boolean makes(Attempt attempt, Body body) {
        return attempt.what() instanceof Operation.OfGroup what
                && body instanceof Body.OfGroup event
                && what.makes(event, attempt.device().user());
    }

    private @Nullable Attempt send(Body.Text text, String sender) {
        var attempt = words.get(text.content());
        return attempt != null
                        && attempt.what() instanceof Operation.Send
                        && attempt.device().user().equals(sender)
                ? attempt
                : null;
    }

    /** Somebody may have tried more than once: each entry is of another attempt, first of those that were not refused. */
    private @Nullable Attempt change(Body.Change change, Entry entry) {
        var edit = edits.get(entry.sequence());
        if (edit != null && is(edit, change)) {
            return edit;
        }
        var chosen = open.stream()
                .filter(attempt ->
                        is(attempt, change) && attempt.device().user().equals(entry.sender()))
                .min(Comparator.comparing(Attempt::isRefused))
                .orElse(null);
        open.remove(chosen);
        return chosen;
    }

    private static boolean is(Attempt attempt, Body.Change body) {
        return attempt.what() instanceof Operation.Change change
                && change.body().equals(body);
    }

    /** Returns what an entry comes from; null if nobody, or somebody else than it says, has asked for it. */
    @Nullable
    Attempt of(Entry entry) {
        var attempt = named.get(Name.of(entry));
        return switch (entry.body()) {
            case Body.Text text -> {
                var send = send(text, entry.sender());
                yield send != null ? send : words(entry) == null ? null : message(attempt);
            }
            case Body.Gone _ -> message(attempt);
            case Body.Change change -> attempt != null && is(attempt, change) ? attempt : null;
            case Body.OfGroup event -> attempt != null && makes(attempt, event) ? attempt : null;
        };
    }

    private static @Nullable Attempt message(@Nullable Attempt attempt) {
        return attempt != null && attempt.what() instanceof Operation.Send ? attempt : null;
    }

    /** Returns what the words of a message come from; null if nobody, or somebody else, has said them, there. */
    @Nullable
    Attempt words(Entry entry) {
        if (!(entry.body() instanceof Body.Text text)) {
            return null;
        }
        var attempt = words.get(text.content());
        if (attempt == null || !attempt.device().user().equals(entry.sender())) {
            return null;
        }
        return attempt.what() instanceof Operation.Edit edit && edit.target() != entry.sequence() ? null : attempt;
    }

    /** Returns the attempts to take back what is at a sequence. */
    List<Attempt> recallsOf(long sequence) {
        return recalls.getOrDefault(sequence, List.of());
    }
}
