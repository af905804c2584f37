package im.magpie.client.cli;

import im.magpie.client.SentMessage;
import im.magpie.client.cli.Participant.Heard;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two users chat, one leaves, the other writes on, and the first comes back. Whatever is not as it should be ends it
 * with {@link CommandFailedException}.
 */
final class Story {

    private static final List<String> SMALL_TALK = List.of(
            "Hello! Do you hear me over there?",
            "Loud and clear. Which gateway are you on?",
            "Another one than you.",
            "And still it takes no time at all.",
            "That is what the bridge is for.",
            "I have to catch a train. Write me what you find out!");

    private static final List<String> NEWS = List.of(
            "They have built the nest high up, in the poplar.",
            "Both of them carried twigs all morning.",
            "It has a roof!",
            "Now one sits, and the other brings food.",
            "Tell me when you are back.");

    private final Participant alice;
    private final Participant bob;
    private final List<String> nodes;
    private final PrintWriter out;
    private final String conversation;
    private final List<String> said = new ArrayList<>();
    private final Latencies acknowledgements = new Latencies();
    private final Latencies deliveries = new Latencies();

    Story(Participant alice, Participant bob, List<String> nodes, PrintWriter out) {
        this.alice = alice;
        this.bob = bob;
        this.nodes = nodes;
        this.out = out;
        this.conversation =
                ConversationId.privateBetween(alice.name(), bob.name()).toString();
    }

    void tell() {
        arrive(alice, nodes.getFirst());
        arrive(bob, nodes.getLast());
        chat();
        bob.logOut();
        tell("%s logs out".formatted(bob.name()));
        write();
        comeBack();
        compare();
        tell("");
        tell("send to acknowledgement: %s".formatted(acknowledgements));
        tell("send to receive:         %s".formatted(deliveries));
        tell("Everything arrived once, in order and unchanged, and was marked as delivered and read.");
    }

    private void arrive(Participant participant, String node) {
        participant.signIn(node);
        var actual = participant.client().node();
        check(node.equals(actual), "%s asked for %s and is on %s".formatted(participant.name(), node, actual));
        tell("%s is signed in on %s".formatted(participant.name(), node));
    }

    private void chat() {
        for (var i = 0; i < SMALL_TALK.size(); i++) {
            var from = i % 2 == 0 ? alice : bob;
            var to = i % 2 == 0 ? bob : alice;
            var text = SMALL_TALK.get(i);
            var begun = System.nanoTime();
            var sent = say(from, text);
            var heard = to.awaitMessage(said.size());
            check(heard, from, text);
            deliveries.add(heard.nanoTime() - begun);
            from.awaitReceipt(to.name(), sent.sequence(), false);
            to.client().read(conversation, sent.sequence());
            from.awaitReceipt(to.name(), sent.sequence(), true);
            transcript(from, text, "✓✓ read");
        }
    }

    private void write() {
        for (var text : NEWS) {
            say(alice, text);
            transcript(alice, text, "✓");
        }
    }

    private void comeBack() {
        bob.signIn(nodes.getFirst());
        tell("%s is back, on %s, and finds".formatted(bob.name(), nodes.getFirst()));
        var before = said.size() - NEWS.size();
        for (var i = 0; i < NEWS.size(); i++) {
            var heard = bob.awaitMessage(before + i + 1);
            check(heard, alice, NEWS.get(i));
            transcript(alice, heard.text(), null);
        }
        alice.awaitReceipt(bob.name(), said.size(), false);
        bob.client().read(conversation, said.size());
        alice.awaitReceipt(bob.name(), said.size(), true);
    }

    /** What each of them has heard, and what the server tells, has to be the same. */
    private void compare() {
        for (var participant : List.of(alice, bob)) {
            var name = participant.name();
            compare(
                    "what %s heard".formatted(name),
                    participant.heard().stream().map(Heard::message).toList());
            var history = participant.client().history(conversation, 0, 0);
            compare("the history of %s".formatted(name), Participant.await(history, "the history of " + name));
        }
    }

    private void compare(String what, List<ChatMessage> messages) {
        var texts = messages.stream()
                .map(message -> message.getContent().getText().getText())
                .toList();
        check(texts.equals(said), "%s is %s and should be %s".formatted(what, texts, said));
        for (var i = 0; i < messages.size(); i++) {
            var sequence = messages.get(i).getSequence();
            check(sequence == i + 1, "%s: message %d has sequence %d".formatted(what, i + 1, sequence));
        }
    }

    private SentMessage say(Participant from, String text) {
        said.add(text);
        var begun = System.nanoTime();
        var sent = from.send(conversation, text);
        acknowledgements.add(System.nanoTime() - begun);
        check(sent.sequence() == said.size(), "message %d got sequence %d".formatted(said.size(), sent.sequence()));
        return sent;
    }

    private void check(Heard heard, Participant from, String text) {
        check(heard.text().equals(text), "\"%s\" arrived as \"%s\"".formatted(text, heard.text()));
        var sender = heard.message().getSenderId();
        check(sender.equals(from.name()), "what %s wrote came as from %s".formatted(from.name(), sender));
    }

    private static void check(boolean fine, String otherwise) {
        if (!fine) {
            throw new CommandFailedException("Not as it should be: " + otherwise);
        }
    }

    private void transcript(Participant from, String text, @Nullable String mark) {
        tell("  %-14s %-56s%s".formatted(from.name(), text, mark == null ? "" : mark));
    }

    private void tell(String line) {
        out.println(line.stripTrailing());
    }
}
