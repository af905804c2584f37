package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However often a message is sent under one client message id, it is stored once, and every reply says the same. */
@OnMagpie(OnMagpie.BROKEN)
class ResendIT {

    /** As far ahead of the server's clock as an id may just be, less what a slow machine takes. */
    private static final Duration ALMOST_TOO_EARLY = Duration.ofMinutes(9);

    @Test
    void overOneConnectionAndOthersAndAfterARestart(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var once = once(alice.conversationWith(bob), "said once", Duration.ZERO);
        SendReply first;
        try (var socket = alice.logInByHand("shell", 1)) {
            var one = socket.request(Command.SEND, once);
            var other = socket.request(Command.SEND, once);
            first = socket.reply(one).ok(SendReply.parser());
            assertThat(socket.reply(other).ok(SendReply.parser())).isEqualTo(first);
            assertThat(send(socket, once)).isEqualTo(first);
            assertThat(send(socket, once(once.getConversationId(), "said later", Duration.ZERO))
                            .getSequence())
                    .isEqualTo(first.getSequence() + 1);
        }
        assertThat(sendAnew(alice, once, 2)).isEqualTo(first);

        system.stop();
        assertThat(system.orphans()).isEmpty();
        system.start();

        assertThat(sendAnew(alice, once, 1)).isEqualTo(first);
        assertThat(Texts.of(bob.signIn("laptop").history(alice))).containsExactly("said once", "said later");
    }

    @Test
    void alsoWhenRedisHasForgottenIt(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var timely = once(alice.conversationWith(bob), "timely", Duration.ZERO);
        var early = once(alice.conversationWith(bob), "early", ALMOST_TOO_EARLY);
        try (var socket = alice.logInByHand("shell", 1)) {
            var first = send(socket, timely);
            var second = send(socket, early);

            system.redis().flushAll();

            assertThat(send(socket, early)).isEqualTo(second);
            assertThat(send(socket, timely)).isEqualTo(first);
            assertThat(send(socket, once(timely.getConversationId(), "new", Duration.ZERO))
                            .getSequence())
                    .isEqualTo(second.getSequence() + 1);
        }
        assertThat(Texts.of(bob.signIn("laptop").history(alice))).containsExactly("timely", "early", "new");
    }

    @Test
    void alsoWhenTheSenderMayNotWriteAnyMore(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var laptop = bob.signIn("laptop");
        var once = once(alice.conversationWith(bob), "said once", Duration.ZERO);
        try (var socket = alice.logInByHand("shell", 1)) {
            socket.request(Command.SEND, once);
            laptop.awaitTexts(alice, "said once");
            // The connection is cut before anybody has read the reply.
        }

        bob.blocks(alice);

        try (var socket = alice.logInByHand("shell", 2)) {
            // Instances remember for two seconds whom they have let through.
            Await.until(
                    "nothing new is taken",
                    () -> socket.insist(Command.SEND, once(once.getConversationId(), "too late", Duration.ZERO))
                                    .code()
                            == ErrorCode.BLOCKED_BY_RECIPIENT);
            assertThat(send(socket, once).getSequence()).isEqualTo(1);

            system.redis().flushAll();

            assertThat(send(socket, once).getSequence()).isEqualTo(1);
        }
        assertThat(Texts.of(laptop.history(alice))).containsOnlyOnce("said once");
    }

    private static SendRequest once(String conversationId, String text, Duration ahead) {
        var id = UuidV7.next(() -> System.currentTimeMillis() + ahead.toMillis());
        return Requests.send(conversationId, id.toString(), text);
    }

    private static SendReply sendAnew(Person person, SendRequest message, int gateway) {
        try (var socket = person.logInByHand("shell", gateway)) {
            return send(socket, message);
        }
    }

    private static SendReply send(RawConnection socket, SendRequest message) {
        return socket.insist(Command.SEND, message).ok(SendReply.parser());
    }
}
