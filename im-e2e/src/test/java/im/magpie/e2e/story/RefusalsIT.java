package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import im.magpie.client.RequestFailedException;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.wire.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@OnMagpie
class RefusalsIT {

    private static final int TOO_LONG = 40_000;

    /** Blocked before the first word, because instances remember for two seconds whom they have let through. */
    @Test
    void whoIsBlockedIsTold(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone");
        var laptop = bob.signIn("laptop");
        laptop.says(alice, "before");

        bob.blocks(alice);

        assertThat(refusal(phone, bob, "after")).isEqualTo(ErrorCode.BLOCKED_BY_RECIPIENT);
        laptop.says(alice, "blocking is one-sided");
        assertThat(Texts.of(phone.history(bob))).containsExactly("before", "blocking is one-sided");
    }

    @Test
    void nobodyWritesToWhoIsUnknownOrDisabled(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone");
        bob.isDisabled();

        assertThat(refusal(phone, bob, "gone?")).isEqualTo(ErrorCode.RECIPIENT_DISABLED);
        var nobody = phone.client().sendText("private_" + alice + "_nobody", "who?");
        assertThat(refusal(() -> People.outcome(nobody))).isEqualTo(ErrorCode.RECIPIENT_UNKNOWN);
    }

    @Test
    void nobodyWritesToConversationsOfOthersOrReadsThem(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var mallory = people.person("mallory").signIn("laptop");
        alice.signIn("phone").says(bob, "a secret");
        var theirs = alice.conversationWith(bob);

        var intrusion = mallory.client().sendText(theirs, "me too");
        assertThat(refusal(() -> People.outcome(intrusion))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        var prying = mallory.client().history(theirs, 0, 0);
        assertThat(refusal(() -> People.outcome(prying))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        var nonsense = mallory.client().sendText("private_b_a", "?");
        assertThat(refusal(() -> People.outcome(nonsense))).isEqualTo(ErrorCode.INVALID_CONVERSATION);
    }

    @Test
    void aMessageNeedsContentOfMeasureAndAnIdOfItsTime(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var conversation = alice.conversationWith(bob);
        var now = System.currentTimeMillis();
        var early = UuidV7.next(() -> now + Duration.ofMinutes(15).toMillis()).toString();
        try (var socket = alice.logInByHand("shell", 1)) {
            var timely = Requests.send(conversation, UuidV7.next(() -> now).toString(), "x");

            assertThat(socket.ask(Command.SEND, Requests.send(conversation, early, "x"))
                            .code())
                    .isEqualTo(ErrorCode.CLOCK_AHEAD);
            assertThat(socket.ask(Command.SEND, Requests.send(conversation, "1", "x"))
                            .code())
                    .isEqualTo(ErrorCode.INVALID_CLIENT_MESSAGE_ID);
            var empty = timely.toBuilder()
                    .setContent(MessageContent.getDefaultInstance())
                    .build();
            assertThat(socket.ask(Command.SEND, empty).code()).isEqualTo(ErrorCode.CONTENT_MISSING);
            var large = Requests.send(conversation, timely.getClientMessageId(), "x".repeat(TOO_LONG));
            assertThat(socket.ask(Command.SEND, large).code()).isEqualTo(ErrorCode.CONTENT_TOO_LARGE);
            assertThat(socket.ask(Command.SEND, timely).code()).isEqualTo(ErrorCode.OK);
        }
    }

    private static ErrorCode refusal(Device from, Person to, String text) {
        return refusal(() -> from.says(to, text));
    }

    private static ErrorCode refusal(Runnable call) {
        return catchThrowableOfType(RequestFailedException.class, call::run).code();
    }
}
