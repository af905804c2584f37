package im.magpie.e2e.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation and what came of it.
 *
 * @param completed null where nobody was answered
 */
public record Attempt(Event.Invoked invoked, Event.@Nullable Completed completed) {

    public DeviceName device() {
        return invoked.device();
    }

    public Operation what() {
        return invoked.what();
    }

    /** Returns what the device was told; null for nothing. */
    public @Nullable Outcome outcome() {
        return completed == null ? null : completed.outcome();
    }

    /** Returns whether both are the same attempt. */
    public boolean is(@Nullable Attempt other) {
        return other != null && invoked.operation() == other.invoked.operation();
    }

    public boolean isOk() {
        return outcome() instanceof Outcome.Ok;
    }

    /** Returns whether it was refused, and so must not have been done. */
    public boolean isRefused() {
        return outcome() instanceof Outcome.Fail;
    }

    /** Returns the place of the entry that it has made, as its device was told; null where it was told of none. */
    public @Nullable Place place() {
        return outcome() instanceof Outcome.Ok ok ? ok.place() : null;
    }

    /** Returns when its device knew that it was done; {@link Long#MAX_VALUE} for never. */
    public long doneAt() {
        return completed == null || !isOk() ? Long.MAX_VALUE : completed.at();
    }

    /** Returns the lines of the history that it is in. */
    public List<Event> lines() {
        return completed == null ? List.of(invoked) : List.of(invoked, completed);
    }

    @Override
    public String toString() {
        var what = switch (invoked.what()) {
            case Operation.Send send -> "\"" + send.content() + "\"";
            case Operation.Read read -> "the reading of everything up to " + read.sequence();
            case Operation.Recall recall -> "the recall of " + recall.target();
            case Operation.Edit edit -> "the edit of %d to \"%s\"".formatted(edit.target(), edit.content());
            case Operation.React react ->
                "the %s of \"%s\" to %d"
                        .formatted(react.removed() ? "removal" : "reaction", react.emoji(), react.target());
            case Operation.Pin pin -> pin.pinned() ? "the pin" : "the removal of the pin";
            case Operation.Mute mute -> mute.muted() ? "the muting" : "the end of muting";
            case Operation.Draft draft -> "the draft \"" + draft.content() + "\"";
            case Operation.Delete delete -> "the deletion of " + delete.sequence();
            case Operation.Found found -> "the founding with " + String.join(", ", found.members());
            case Operation.Add add -> "the addition of " + add.user();
            case Operation.Join _ -> "the joining";
            case Operation.Remove remove -> "the removal of " + remove.user();
            case Operation.Leave _ -> "the leaving";
            case Operation.Silence silence ->
                "the %s of %s".formatted(silence.silent() ? "silencing" : "end of silence", silence.user());
            case Operation.Name name -> "the name \"" + name.name() + "\"";
        };
        return what + " by " + device() + " (" + fate() + ")";
    }

    private String fate() {
        return switch (outcome()) {
            case null -> "unanswered";
            case Outcome.Ok(Place place) when place != null -> "acknowledged as " + place.sequence();
            case Outcome.Ok _ -> "acknowledged";
            case Outcome.Fail fail -> "refused: " + fail.why();
            case Outcome.Unknown unknown -> "open: " + unknown.why();
        };
    }
}
