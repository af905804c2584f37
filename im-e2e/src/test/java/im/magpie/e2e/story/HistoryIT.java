package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.MagpieClient;
import im.magpie.client.SentMessage;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Somebody scrolls up on a device that has next to nothing. */
@OnMagpie
class HistoryIT {

    /** More than lies in Redis. */
    private static final int SAID = 320;

    private static final int PAGE = 30;

    @Test
    void aNewDeviceGoesBackToTheBeginningPageByPage(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        talk(phone, bob);
        var conversation = bob.conversationWith(alice);
        People.outcome(phone.client().recall(conversation, 5));
        People.outcome(phone.client().edit(conversation, 6, Contents.text("better")));
        var tablet = bob.signIn("tablet", 2);
        People.outcome(tablet.client().react(conversation, 300, "👍"));
        People.outcome(tablet.client().deleteForMe(conversation, List.of(7L, 310L)));

        try (var device = newDevice(bob, system)) {
            People.outcome(device.ready());
            var pages = pages(device, conversation);

            assertThat(pages).hasSize((SAID - 2) / PAGE + 1);
            assertThat(pages.subList(0, pages.size() - 1))
                    .allSatisfy(page -> assertThat(page).hasSize(PAGE));
            var messages = pages.reversed().stream().flatMap(List::stream).toList();
            assertThat(messages)
                    .extracting(ChatMessage::getSequence)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, SAID)
                            .filter(sequence -> sequence != 7 && sequence != 310)
                            .boxed()
                            .toList());
            assertThat(messages.get(4).getRecalled()).isTrue();
            assertThat(Texts.of(messages.get(5))).isEqualTo("better");
            assertThat(messages.get(298).getReactionsList()).hasSize(1);
            assertThat(Texts.of(messages.getFirst())).isEqualTo("1");
        }
    }

    private static void talk(Device phone, Person to) {
        var sent = new ArrayList<CompletableFuture<SentMessage>>();
        for (var i = 1; i <= SAID; i++) {
            sent.add(phone.sends(to, Integer.toString(i)));
        }
        sent.forEach(People::outcome);
    }

    private static MagpieClient newDevice(Person person, MagpieSystem system) {
        var account = new Account(Tokens.APP, person.userId(), ClientType.LINUX, "bought-later");
        return MagpieClient.start(
                ClientOptions.of(account, () -> system.addresses().gateways(), person::userSig, new ClientListener() {})
                        .withInitialHistory(10));
    }

    /** Returns the pages from the last one back. */
    private static List<List<ChatMessage>> pages(MagpieClient device, String conversation) {
        var pages = new ArrayList<List<ChatMessage>>();
        var before = 0L;
        do {
            pages.add(People.outcome(device.earlier(conversation, before, PAGE)));
            before = pages.getLast().isEmpty() ? 0 : pages.getLast().getFirst().getSequence();
        } while (pages.getLast().size() == PAGE);
        return pages;
    }
}
