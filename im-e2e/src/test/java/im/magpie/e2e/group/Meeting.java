package im.magpie.e2e.group;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.RequestFailedException;
import im.magpie.client.SentMessage;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.Await;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** One group, what was said in it, and the judgement on what became of that. */
final class Meeting {

    /** Of who is not in, or not any more; and of who can't know what became of it, because his app was closed. */
    private static final Set<ErrorCode> UNDERSTANDABLE = EnumSet.of(
            ErrorCode.NOT_A_PARTICIPANT, ErrorCode.FORBIDDEN, ErrorCode.GROUP_DISSOLVED, ErrorCode.UNAVAILABLE);

    private record Said(Handset by, int number, CompletableFuture<SentMessage> sent) {}

    private final InGroup keepers;
    /** Who ought to be in when everything is done that was asked for, as far as that can be known. */
    private final Set<String> invited = new HashSet<>();

    private final Map<String, Said> said = new HashMap<>();
    private final List<CompletableFuture<?>> asked = new ArrayList<>();

    /** @param keepers the group as somebody sees it who is in it from its beginning to its end */
    Meeting(InGroup keepers) {
        this.keepers = keepers;
    }

    InGroup keepers() {
        return keepers;
    }

    InGroup on(Handset handset) {
        return keepers.on(handset.device());
    }

    Set<String> invited() {
        return invited;
    }

    /** Something is being done to the group. */
    void asks(CompletableFuture<?> operation) {
        asked.add(operation);
    }

    /** Somebody says something, which may be refused. */
    void says(Handset by) {
        var number = said.size();
        var text = "%s says %d".formatted(by.device(), number);
        said.put(text, new Said(by, number, on(by).sends(text)));
    }

    /** Returns when everything is answered that was asked for and said. */
    void awaitAnswers() {
        asked.forEach(Meeting::awaitAnswer);
        said.values().forEach(one -> awaitAnswer(one.sent()));
        asked.clear();
    }

    private static void awaitAnswer(CompletableFuture<?> answer) {
        try {
            People.outcome(answer);
        } catch (RequestFailedException e) {
            if (!UNDERSTANDABLE.contains(e.code())) {
                throw e;
            }
        }
    }

    /** Returns what there is to read, when it is right that this was said. */
    Chronicle chronicle() {
        var timeline = keepers.history();
        var chronicle = Chronicle.of(timeline);
        var places = new HashMap<String, Long>();
        var numbers = new HashMap<Handset, Integer>();
        timeline.stream()
                .filter(message -> !message.getContent().hasGroupEvent())
                .forEach(message -> {
                    var text = Texts.of(message);
                    var one = said.get(text);
                    assertThat(one).as("who has said %s", text).isNotNull();
                    assertThat(places.put(text, message.getSequence()))
                            .as("%s is there twice", text)
                            .isNull();
                    var before = numbers.put(one.by(), one.number());
                    assertThat(before == null || before < one.number())
                            .as("%s was said before %s", text, before)
                            .isTrue();
                });
        requireAcknowledged(places);
        return chronicle;
    }

    /** What was acknowledged is there, at its place; what was refused is not. */
    private void requireAcknowledged(Map<String, Long> places) {
        said.forEach((text, one) -> {
            switch (one.sent().state()) {
                case SUCCESS ->
                    assertThat(places)
                            .containsEntry(text, one.sent().resultNow().sequence());
                case FAILED -> {
                    if (one.sent().exceptionNow() instanceof RequestFailedException e
                            && e.code() != ErrorCode.UNAVAILABLE) {
                        assertThat(places).doesNotContainKey(text);
                    }
                }
                case RUNNING, CANCELLED -> throw new AssertionError("nobody knows what became of " + text);
            }
        });
    }

    /** Waits until a device has shown just what its owner may read, each once and in order. */
    void awaitShown(Handset handset, Chronicle chronicle) {
        var right = chronicle.readableBy(handset.userId());
        var seen = on(handset);
        if (!Await.within(Await.PATIENCE, () -> InGroup.sequences(seen.shown()).equals(right))) {
            requireShown(handset, chronicle);
        }
    }

    /** Fails unless a device has shown and keeps just what its owner may read; one that was given away has shown nothing else. */
    void requireShown(Handset handset, Chronicle chronicle) {
        var right = chronicle.readableBy(handset.userId());
        var seen = on(handset);
        var shown = InGroup.sequences(seen.shown());
        if (handset.isGone()) {
            assertThat(shown).as("what %s has shown", seen).isSorted().doesNotHaveDuplicates();
            assertThat(right).as("what %s may show", seen).containsAll(shown);
            return;
        }
        if (!shown.equals(right)) {
            throw new AssertionError("%s: %s%n%s".formatted(seen, difference(shown, right), events()));
        }
        assertThat(InGroup.sequences(seen.kept())).as("what %s keeps", seen).isEqualTo(right);
        if (!right.isEmpty()) {
            assertThat(InGroup.sequences(seen.history()))
                    .as("what %s may read", seen)
                    .isEqualTo(right);
        }
    }

    private static String difference(List<Long> shown, List<Long> right) {
        var missing = new TreeSet<>(right);
        shown.forEach(missing::remove);
        var other = new TreeSet<>(shown);
        right.forEach(other::remove);
        var once = new HashSet<Long>();
        var twice = shown.stream().filter(place -> !once.add(place)).toList();
        return "%d are missing: %s; %d are not his to see: %s; shown again: %s; in this order: %s"
                .formatted(missing.size(), missing, other.size(), other, twice, shown);
    }

    private String events() {
        var lines = new StringBuilder();
        for (ChatMessage message : keepers.history()) {
            if (message.getContent().hasGroupEvent()) {
                lines.append(message.getSequence())
                        .append(' ')
                        .append(InGroup.story(List.of(message)))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return keepers.groupId();
    }
}
