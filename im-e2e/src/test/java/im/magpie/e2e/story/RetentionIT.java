package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Requests;
import org.junit.jupiter.api.Test;

/** What happens to a conversation whose messages outlive their retention, which is a few seconds here. */
@OnMagpie(
        value = "retention",
        settings = {"IM_RETENTION_APPS_DEMO=5s", "IM_STORE_RETENTION_INTERVAL=200ms"})
class RetentionIT {

    @Test
    void theConversationGoesOnWithoutWhatIsGone(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        for (var i = 1; i <= 5; i++) {
            phone.says(bob, "old " + i);
        }
        laptop.awaitMessages(alice, 5);
        laptop.client().react(bob.conversationWith(alice), 4, "👍").join();
        laptop.client().read(bob.conversationWith(alice), 2);
        phone.awaitReceipt("two were read", bob, receipt -> receipt.getReadSequence() == 2);

        Await.until("they are gone", () -> pull(alice, bob, 0).getOutlivedSequence() == 6);

        assertThat(pull(alice, bob, 0))
                .isEqualTo(PulledRange.newBuilder()
                        .setConversationId(alice.conversationWith(bob))
                        .setToSequence(6)
                        .setOutlivedSequence(6)
                        .build());
        assertThat(unread(bob)).isEqualTo(3);
        assertThat(phone.refusal(client -> client.recall(alice.conversationWith(bob), 3)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(laptop.refusal(client -> client.react(bob.conversationWith(alice), 3, "👍")))
                .isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(phone.says(bob, "new").sequence()).isEqualTo(7);
        laptop.awaitTexts(alice, "new");
        assertThat(unread(bob)).isEqualTo(4);
        laptop.client().read(bob.conversationWith(alice), 4);
        phone.awaitReceipt("four were read", bob, receipt -> receipt.getReadSequence() == 4);
        // What is gone counts as read then: only the new one can be read.
        assertThat(unread(bob)).isEqualTo(1);
        assertThat(Texts.of(bob.signIn("bought-later").remembered(alice))).containsExactly("new");
    }

    @Test
    void aMessageThatMayBeGoneIsNotAcceptedAnew(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var old = UuidV7.next(() -> System.currentTimeMillis() - 3_600_000).toString();
        var once = Requests.send(alice.conversationWith(bob), old, "once");
        var carol = people.person("carol");
        try (var socket = alice.logInByHand("shell", 1)) {
            var first = socket.insist(Command.SEND, once);
            assertThat(first.code()).isEqualTo(ErrorCode.OK);
            Await.until("it is gone", () -> pull(alice, bob, 0).getOutlivedSequence() == 1);
            system.redis().flushAll();

            assertThat(socket.insist(Command.SEND, once).code()).isEqualTo(ErrorCode.MESSAGE_OUTLIVED);

            var elsewhere = Requests.send(alice.conversationWith(carol), old, "never sent before");
            assertThat(socket.insist(Command.SEND, elsewhere).code()).isEqualTo(ErrorCode.OK);
        }
    }

    private static PulledRange pull(Person person, Person other, long after) {
        try (var socket = person.logInByHand("onlooker", 1)) {
            var range = PullRange.newBuilder()
                    .setConversationId(person.conversationWith(other))
                    .setAfterSequence(after);
            return socket.insist(
                            Command.PULL,
                            PullRequest.newBuilder().addRanges(range).build())
                    .ok(PullReply.parser())
                    .getRanges(0);
        }
    }

    private static long unread(Person person) {
        try (var socket = person.logInByHand("onlooker", 1)) {
            var entry = socket.insist(Command.SYNC, SyncRequest.getDefaultInstance())
                    .ok(SyncReply.parser())
                    .getConversations(0);
            return entry.getNewestOrdinal() - entry.getReadOrdinal();
        }
    }
}
