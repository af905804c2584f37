package im.magpie.e2e.check;

import im.magpie.e2e.history.History;
import java.util.List;

/** Judges a history by all rules. */
public final class Checker {

    public static final List<Rule> RULES = List.of(
            new Complete(),
            new NothingLost(),
            new NothingInvented(),
            new OneCopy(),
            new OneOrder(),
            new SendersOrder(),
            new Watermarks(),
            new Changes(),
            new Personal(),
            new Agreement(),
            new MayRead(),
            new MayWrite(),
            new Versions(),
            new GroupChanges(),
            new StaysIn());

    public static Verdict check(History history) {
        return new Verdict(RULES.stream()
                .map(rule -> {
                    var findings = new Findings(rule);
                    rule.check(history, findings);
                    return findings;
                })
                .flatMap(findings -> findings.violations().stream())
                .toList());
    }

    private Checker() {}
}
