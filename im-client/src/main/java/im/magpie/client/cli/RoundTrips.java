package im.magpie.client.cli;

import im.magpie.codec.conversation.ConversationId;
import java.io.PrintWriter;
import java.util.List;

/** Measures an idle system: one message after the other, each sent when the one before has arrived. */
final class RoundTrips {

    /** The first messages are slow because programs have just begun to run. */
    private static final int MOST_WARMUP = 300;

    private final Participant alice;
    private final Participant bob;
    private final List<String> nodes;
    private final PrintWriter out;

    RoundTrips(Participant alice, Participant bob, List<String> nodes, PrintWriter out) {
        this.alice = alice;
        this.bob = bob;
        this.nodes = nodes;
        this.out = out;
    }

    void measure(int messages) {
        alice.signIn(nodes.getFirst());
        bob.signIn(nodes.getLast());
        var warmup = Math.min(MOST_WARMUP, messages);
        out.println(
                "%s on %s sends to %s on %s".formatted(alice.name(), nodes.getFirst(), bob.name(), nodes.getLast()));
        out.println("%d messages to warm up, then %d, one at a time".formatted(warmup, messages));
        exchange(0, warmup);
        var figures = exchange(warmup, messages);
        out.println("send to acknowledgement: " + figures.acknowledgements());
        out.println("send to receive:         " + figures.deliveries());
    }

    private record Figures(Latencies acknowledgements, Latencies deliveries) {}

    private Figures exchange(int before, int messages) {
        var figures = new Figures(new Latencies(), new Latencies());
        var conversation =
                ConversationId.privateBetween(alice.name(), bob.name()).toString();
        for (var count = before + 1; count <= before + messages; count++) {
            var text = "message " + count;
            var begun = System.nanoTime();
            var sent = alice.send(conversation, text);
            figures.acknowledgements().add(System.nanoTime() - begun);
            var heard = bob.awaitMessage(count);
            figures.deliveries().add(heard.nanoTime() - begun);
            if (!heard.text().equals(text) || heard.message().getSequence() != count || sent.sequence() != count) {
                throw new CommandFailedException("Not as it should be: \"%s\" got sequence %d, and \"%s\" arrived as %d"
                        .formatted(
                                text,
                                sent.sequence(),
                                heard.text(),
                                heard.message().getSequence()));
            }
        }
        return figures;
    }
}
