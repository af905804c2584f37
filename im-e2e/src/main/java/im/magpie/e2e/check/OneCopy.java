package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** However often it was resent, a message is there once: by its client message id, and by what it says. */
final class OneCopy implements Rule {

    /** Under both a message may be found again. */
    private sealed interface Name {
        record Id(String sender, String clientMessageId) implements Name {}

        record Content(String content) implements Name {}
    }

    @Override
    public String promise() {
        return "A message is in every timeline once, and shown once.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            View.of(conversation).forEach(view -> check(view, findings));
        }
    }

    private static void check(View view, Findings findings) {
        Map<Name, Integer> seen = new HashMap<>();
        for (var i = 0; i < view.entries().size(); i++) {
            var index = i;
            var entry = view.entries().get(i);
            names(entry)
                    .map(name -> seen.putIfAbsent(name, index))
                    .filter(first -> first != null)
                    .findFirst()
                    .ifPresent(first -> findings.add(
                            Stream.of(view.lines(first), view.lines(index))
                                    .<Event>flatMap(lines -> lines.stream())
                                    .toList(),
                            "%s is in %s more than once: %s"
                                    .formatted(view.entries().get(first), view, entry)));
        }
    }

    private static Stream<Name> names(Entry entry) {
        var id = new Name.Id(entry.sender(), entry.clientMessageId());
        return entry.body() instanceof Body.Text(String content)
                ? Stream.of(id, new Name.Content(content))
                : Stream.of(id);
    }
}
