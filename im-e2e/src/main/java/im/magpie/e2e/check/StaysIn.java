package im.magpie.e2e.check;

import im.magpie.e2e.history.History;
import java.util.List;

/** Nobody in a history signs a device out, or logs in from one in two places. */
final class StaysIn implements Rule {

    @Override
    public String promise() {
        return "A device stays signed in, whatever breaks, until somebody signs it out.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var life : history.lives()) {
            life.kicks()
                    .forEach(kick ->
                            findings.add(List.of(kick), "%s was turned out: %s".formatted(life.device(), kick.why())));
        }
    }
}
