package im.magpie.e2e.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a checker found. */
public record Verdict(List<Violation> violations) {

    private static final int SHOWN_OF_EACH_RULE = 10;

    public boolean isClean() {
        return violations.isEmpty();
    }

    /** Returns how often each rule was broken; those that were kept are not in it. */
    public Map<String, Long> counts() {
        return violations.stream()
                .collect(Collectors.groupingBy(Violation::rule, LinkedHashMap::new, Collectors.counting()));
    }

    /** Returns the verdict for people to read, with the first violations of each rule. */
    @Override
    public String toString() {
        if (isClean()) {
            return "Every promise was kept.";
        }
        var text = new StringBuilder("Promises were broken: " + counts());
        counts().forEach((rule, count) -> {
            violations.stream()
                    .filter(violation -> violation.rule().equals(rule))
                    .limit(SHOWN_OF_EACH_RULE)
                    .forEach(violation -> text.append('\n').append(violation));
            if (count > SHOWN_OF_EACH_RULE) {
                text.append("\n... and %d more of %s".formatted(count - SHOWN_OF_EACH_RULE, rule));
            }
        });
        return text.toString();
    }
}
