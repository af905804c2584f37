package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.Standalone;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.Requests;
import org.junit.jupiter.api.Test;

@OnStandalone(OnStandalone.BROKEN)
class ResendIT {

    @Test
    void howeverOftenAMessageIsSentItIsStoredOnceAndEveryReplySaysTheSame(People people, Standalone system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var once = once(alice.conversationWith(bob), "said once");
        SendReply first;
        try (var socket = alice.logInByHand("shell", 1)) {
            var one = socket.request(Command.SEND, once);
            var other = socket.request(Command.SEND, once);
            first = socket.reply(one).ok(SendReply.parser());
            assertThat(socket.reply(other).ok(SendReply.parser())).isEqualTo(first);
            assertThat(send(socket, once)).isEqualTo(first);
            assertThat(send(socket, once(once.getConversationId(), "said later")).getSequence())
                    .isEqualTo(first.getSequence() + 1);
        }
        assertThat(sendAnew(alice, once, 2)).isEqualTo(first);

        system.stop();
        assertThat(system.orphans()).isEmpty();
        system.start();

        assertThat(sendAnew(alice, once, 1)).isEqualTo(first);
        assertThat(Texts.of(bob.signIn("laptop").history(alice))).containsExactly("said once", "said later");
    }

    private static SendRequest once(String conversationId, String text) {
        return Requests.send(conversationId, UuidV7.next(System::currentTimeMillis).toString(), text);
    }

    private static SendReply sendAnew(Person person, SendRequest message, int gateway) {
        try (var socket = person.logInByHand("shell", gateway)) {
            return send(socket, message);
        }
    }

    private static SendReply send(RawConnection socket, SendRequest message) {
        return socket.ask(Command.SEND, message).ok(SendReply.parser());
    }
}
