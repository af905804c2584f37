package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.people.People;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.Standalone;
import im.magpie.e2e.trace.Collector;
import im.magpie.e2e.trace.Span;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** One message, followed through all who have to do with it. */
@DisabledIfSystemProperty(
        named = "magpie.system",
        matches = "cluster",
        disabledReason = "needs a system with settings of its own")
class TracingIT {

    private static final List<String> WAY = List.of(
            "im-tcp SEND",
            "im-tcp check",
            "im-tcp submit",
            "im-service pipeline",
            "im-service accept",
            "im-service store",
            "im-service settle",
            "im-message-store commit",
            "im-tcp PUSH");

    @Test
    void aMessageIsFollowedFromItsSenderToTheStoreAndToTheReader() {
        try (var collector = new Collector();
                var system = Standalone.startNew(
                        "traced", Map.of("IM_TRACING_ENDPOINT", collector.endpoint(), "IM_TRACING_SAMPLING", "1"));
                var people = new People(system)) {
            var alice = people.person("alice");
            var bob = people.person("bob");
            var phone = alice.signIn("phone", 1);
            var laptop = bob.signIn("laptop", 2);
            phone.says(bob, "hello");
            laptop.awaitTexts(alice, "hello");

            Await.until("all spans have come", () -> named(collector.spans()).containsAll(WAY));
            assertOneTree(collector.spans());
        }
    }

    private static List<String> named(List<Span> spans) {
        return spans.stream().map(span -> span.service() + " " + span.name()).toList();
    }

    private static void assertOneTree(List<Span> spans) {
        assertThat(spans)
                .extracting(Span::trace)
                .as("one message, one trace")
                .hasSameElementsAs(List.of(spans.getFirst().trace()));
        var byId = spans.stream().collect(Collectors.toMap(Span::id, Function.identity()));
        assertThat(spans)
                .filteredOn(span -> span.parent().isEmpty())
                .extracting(Span::name)
                .containsExactly("SEND");
        assertThat(spans)
                .filteredOn(span -> !span.parent().isEmpty())
                .allSatisfy(span -> assertThat(byId).containsKey(span.parent()));
        assertThat(spans)
                .filteredOn(span -> span.name().equals("SEND") || span.name().equals("PUSH"))
                .extracting(Span::node)
                .containsExactlyInAnyOrder("gateway-1", "gateway-2");
    }
}
