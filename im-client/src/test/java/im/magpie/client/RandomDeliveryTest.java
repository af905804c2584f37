package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.Phone;
import im.magpie.client.testing.Seeds;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three people chat over a bad network and change what they have said: what each of them hears is each message once, in order, and
 * the same for everybody; what each has in the end is what the server has.
 */
class RandomDeliveryTest {

    private static final List<String> PEOPLE = List.of("alice", "bob", "carol");
    private static final int MESSAGES = 150;

    static LongStream seeds() {
        return Seeds.first(12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingArrivesOnceAndInOrder(long seed) {
        var random = new Random(seed);
        try (var magpie = new MiniMagpie(1, 10, new Faults(seed, 0.1))) {
            var phones = PEOPLE.stream().map(owner -> new Phone(owner, magpie)).toList();
            var texts = new HashMap<String, List<String>>();
            for (var i = 0; i < MESSAGES; i++) {
                var from = phones.get(random.nextInt(phones.size()));
                var to = phones.get(random.nextInt(phones.size()));
                if (from == to) {
                    if (random.nextInt(10) == 0) {
                        from.restart();
                    }
                    continue;
                }
                var conversation = from.client.conversationWith(to.owner);
                if (random.nextInt(3) == 0 && change(random, from, conversation, magpie)) {
                    continue;
                }
                from.client.sendText(conversation, from.owner + i);
                texts.computeIfAbsent(conversation + from.owner, _ -> new ArrayList<>())
                        .add(from.owner + i);
            }
            magpie.endFaults();
            check(magpie, phones, texts);
            phones.forEach(phone -> phone.client.close());
        }
    }

    /** Returns whether there was something to change. */
    private static boolean change(Random random, Phone from, String conversation, MiniMagpie magpie) {
        var messages = messages(magpie, conversation);
        if (messages.isEmpty()) {
            return false;
        }
        var target = messages.get(random.nextInt(messages.size())).getSequence();
        switch (random.nextInt(6)) {
            case 0 -> from.client.recall(conversation, target);
            case 1, 2 -> from.client.edit(conversation, target, TestClients.text("edited " + random.nextInt()));
            case 3 -> from.client.removeReaction(conversation, target, "👍");
            default -> from.client.react(conversation, target, "👍");
        }
        return true;
    }

    /** Returns a conversation without the changes. */
    private static List<ChatMessage> messages(MiniMagpie magpie, String conversation) {
        return magpie.timeline(conversation).stream()
                .filter(entry -> !Contents.isChange(entry.getContent()))
                .toList();
    }

    private static void check(MiniMagpie magpie, List<Phone> phones, Map<String, List<String>> texts) {
        phones.forEach(
                phone -> Await.until(() -> unsent(phone.client) == 0, "everything that " + phone.owner + " has sent"));
        for (var phone : phones) {
            var heard = heard(phone, expected(magpie, phone, phones));
            for (var other : phones) {
                if (other != phone) {
                    var conversation = phone.client.conversationWith(other.owner);
                    var timeline = messages(magpie, conversation);
                    assertThat(heard.getOrDefault(conversation, List.of()))
                            .as("%s in %s", phone.owner, conversation)
                            .extracting(ChatMessage::getSequence)
                            .containsExactlyElementsOf(timeline.stream()
                                    .map(ChatMessage::getSequence)
                                    .toList());
                    Await.until(
                            () -> kept(phone, conversation).equals(read(magpie, phone, conversation)),
                            phone.owner + " has " + conversation + " as the server has");
                    assertThat(timeline.stream()
                                    .filter(message -> message.getSenderId().equals(phone.owner))
                                    .map(message ->
                                            message.getContent().getText().getText()))
                            .as("what %s sent to %s, in the order of sending", phone.owner, other.owner)
                            .containsExactlyElementsOf(texts.getOrDefault(conversation + phone.owner, List.of()));
                }
            }
        }
    }

    private static List<ChatMessage> kept(Phone phone, String conversation) {
        return asRead(phone.store.messages(conversation, 0, Long.MAX_VALUE));
    }

    private static List<ChatMessage> read(MiniMagpie magpie, Phone phone, String conversation) {
        return asRead(magpie.read(phone.owner, conversation));
    }

    /** What edits say may be there or not, and which edit was the last is of no interest once a message is recalled. */
    private static List<ChatMessage> asRead(List<ChatMessage> entries) {
        return entries.stream()
                .map(entry -> entry.getRecalled()
                        ? entry.toBuilder()
                                .clearEditSequence()
                                .clearChangedSequence()
                                .build()
                        : entry.toBuilder()
                                .setContent(Contents.asRead(entry.getContent()))
                                .build())
                .toList();
    }

    private static int unsent(MagpieClient client) {
        return Await.value(client.unsent());
    }

    private static int expected(MiniMagpie magpie, Phone phone, List<Phone> phones) {
        return phones.stream()
                .filter(other -> other != phone)
                .mapToInt(other -> messages(magpie, phone.client.conversationWith(other.owner))
                        .size())
                .sum();
    }

    private static Map<String, List<ChatMessage>> heard(Phone phone, int count) {
        Await.until(() -> phone.ears.messages.size() >= count, count + " messages for " + phone.owner);
        var heard = new HashMap<String, List<ChatMessage>>();
        phone.ears.messages.forEach(
                message -> heard.computeIfAbsent(message.getConversationId(), _ -> new ArrayList<>())
                        .add(message));
        return heard;
    }
}
