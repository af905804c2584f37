package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.MagpieSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of conversations as every device of a user has it: what was said last, what is unread, who is meant, and what the user has made of it. */
@OnMagpie(OnMagpie.BROKEN)
class ListIT {

    @Test
    void aNewDeviceHasTheListBeforeAnyMessage(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var carol = people.person("carol");
        var phone = alice.signIn("phone", 1);
        phone.says(bob, "one");
        phone.says(bob, "two");
        phone.client().react(alice.conversationWith(bob), 2, "👍").join();
        carol.signIn("laptop", 2).says(bob, "three");

        var entries = list(bob);

        assertThat(entries)
                .extracting(ConversationEntry::getConversationId)
                .containsExactly(alice.conversationWith(bob), carol.conversationWith(bob));
        assertThat(entries)
                .extracting(entry -> Texts.of(entry.getNewestMessage()))
                .containsExactly("two", "three");
        assertThat(entries)
                .extracting(entry -> entry.getNewestOrdinal() - entry.getReadOrdinal())
                .containsExactly(2L, 1L);
        assertThat(entries.getFirst().getNewestMessage().getReactions(0).getCount())
                .isEqualTo(1);
    }

    @Test
    void whoIsMentionedHasAMarkUntilHeHasRead(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        phone.client()
                .send(
                        alice.conversationWith(bob),
                        Contents.text("Bob?").toBuilder()
                                .addMentionedUserIds(bob.userId())
                                .build())
                .join();
        phone.says(bob, "are you there?");
        laptop.awaitMessages(alice, 2);

        assertThat(list(bob).getFirst().getMentionedSequence()).isEqualTo(1);
        assertThat(list(alice).getFirst().getMentionedSequence()).isZero();
        laptop.readsAllOf(alice);
        phone.awaitReceipt("it was read", bob, receipt -> receipt.getReadSequence() == 2);
        assertThat(list(bob).getFirst().getReadSequence()).isEqualTo(2);

        assertThat(laptop.refusal(client -> client.send(
                        bob.conversationWith(alice),
                        Contents.text("Carol?").toBuilder()
                                .addMentionedUserIds("carol")
                                .build())))
                .isEqualTo(ErrorCode.INVALID_CONTENT);
    }

    @Test
    void settingsAreTheSameOnAllDevicesAlsoThoseThatWereAway(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = bob.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var desk = bob.signIn("desk", 2);
        alice.signIn("phone", 1).says(bob, "hello");
        List.of(phone, laptop, desk).forEach(device -> device.awaitTexts(alice, "hello"));
        desk.goesOffline();

        var settings = phone.client()
                .configure(ConfigureRequest.newBuilder()
                        .setConversationId(bob.conversationWith(alice))
                        .setPinned(true)
                        .setMuted(true)
                        .setDraft("dear Alice")
                        .build())
                .join();

        laptop.awaitSettings(alice, settings);
        desk.online();
        desk.awaitSettings(alice, settings);
        assertThat(list(alice).getFirst().getSettings()).isEqualTo(PersonalSettings.getDefaultInstance());

        system.redis().flushAll();
        assertThat(list(bob).getFirst().getSettings()).isEqualTo(settings);
    }

    @Test
    void whatAUserDeletesIsGoneForHimAlone(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = bob.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var alices = alice.signIn("phone", 2);
        List.of("one", "two", "three", "four").forEach(text -> alices.says(bob, text));
        laptop.awaitMessages(alice, 4);
        phone.awaitMessages(alice, 4);

        phone.client().deleteForMe(bob.conversationWith(alice), List.of(3L)).join();
        var settings = phone.client()
                .configure(ConfigureRequest.newBuilder()
                        .setConversationId(bob.conversationWith(alice))
                        .setDeleteUntil(1)
                        .build())
                .join();

        laptop.awaitSettings(alice, settings);
        assertThat(Texts.of(phone.remembered(alice))).containsExactly("two", "four");
        assertThat(Texts.of(laptop.remembered(alice))).containsExactly("two", "four");
        assertThat(Texts.of(laptop.history(alice))).containsExactly("two", "four");
        assertThat(Texts.of(bob.signIn("bought-later").remembered(alice))).containsExactly("two", "four");
        assertThat(Texts.of(alices.history(bob))).containsExactly("one", "two", "three", "four");
    }

    @Test
    void oneSeesThatTheOtherIsWriting(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        phone.says(bob, "hello");
        laptop.awaitTexts(alice, "hello");

        laptop.client().typing(bob.conversationWith(alice));
        phone.awaitTyping(bob);
    }

    @Test
    void whoMayNotWriteTellsNobodyThatHeDoes(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var mallory = people.person("mallory");
        alice.blocks(mallory);
        var phone = alice.signIn("phone");
        var laptop = bob.signIn("laptop", 1);
        var shell = mallory.signIn("shell", 1);

        shell.client().typing(mallory.conversationWith(alice));
        assertThat(shell.refusal(client -> client.sendText(mallory.conversationWith(alice), "Pst")))
                .isEqualTo(ErrorCode.BLOCKED_BY_RECIPIENT);
        // A gateway tells one notice after the other.
        laptop.client().typing(bob.conversationWith(alice));

        assertThat(phone.awaitTyping(bob)).containsOnly(bob.userId());
    }

    /** As a device sees it that has nothing yet. */
    private static List<ConversationEntry> list(Person person) {
        try (var socket = person.logInByHand("shell", 1)) {
            var request = SyncRequest.newBuilder().setNewestMessages(true).build();
            return socket.insist(Command.SYNC, request).ok(SyncReply.parser()).getConversationsList();
        }
    }
}
