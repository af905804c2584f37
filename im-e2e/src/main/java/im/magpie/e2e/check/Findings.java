package im.magpie.e2e.check;

import im.magpie.e2e.history.Event;
import java.util.ArrayList;
import java.util.List;

/** What one rule has found. */
public final class Findings {

    private final String rule;
    private final List<Violation> violations = new ArrayList<>();

    Findings(Rule rule) {
        this.rule = rule.name();
    }

    /**
     * Something broke the rule.
     *
     * @param lines that show it
     */
    void add(List<? extends Event> lines, String what) {
        violations.add(new Violation(rule, what, List.copyOf(lines)));
    }

    List<Violation> violations() {
        return violations;
    }
}
