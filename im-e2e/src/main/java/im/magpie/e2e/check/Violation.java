package im.magpie.e2e.check;

import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.EventLines;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise that was broken.
 *
 * @param rule the name of the {@link Rule}
 * @param what has happened, in a sentence
 * @param lines of the history that show it; what only the final reads show has none
 */
public record Violation(String rule, String what, List<Event> lines) {

    /** Returns the sentence and, below it, the lines as the history's file has them. */
    @Override
    public String toString() {
        return rule + ": " + what
                + lines.stream().map(line -> "\n    " + EventLines.of(line)).collect(Collectors.joining());
    }
}
