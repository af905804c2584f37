package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.client.SentMessage;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.PushAck;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.GroupSize;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.GroupBounds;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.RawFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire to a member who has nothing to say, in groups that are told of messages by node. */
@OnMagpie
class GroupTellingIT {

    private static final int MANY = 200;

    private Person bob;
    private Device phone;

    @BeforeEach
    void signIn(People people, MagpieSystem system) {
        system.changeGroupBounds(GroupBounds.SMALL);
        phone = people.person("alice").signIn("phone", 1);
        bob = people.person("bob");
    }

    /** Alice says many things. */
    private static List<CompletableFuture<SentMessage>> speak(InGroup hers) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> hers.sends("message " + i))
                .toList();
    }

    private static List<Long> places(List<CompletableFuture<SentMessage>> asked) {
        return asked.stream().map(sent -> People.outcome(sent).sequence()).toList();
    }

    /** Logs in by hand at the gateway that the phone is not at, and asks what there is. */
    private RawConnection listener() {
        var connection = bob.logInByHand("listener", 2);
        connection.insist(Command.SYNC, SyncRequest.getDefaultInstance()).ok(SyncReply.parser());
        return connection;
    }

    @Test
    void aLargeGroupsMessagesAreBroughtOnceEach(People people) throws InvalidProtocolBufferException {
        var hers = GroupSize.LARGE.madeBy(phone, people, bob);
        try (var connection = listener()) {
            awaitPushes(hers, connection);
            var asked = speak(hers);

            var brought = new ArrayList<Long>();
            while (brought.size() < MANY) {
                var frame = connection.read();
                for (var message : messagesOf(hers, frame)) {
                    acknowledge(connection, message);
                    if (Texts.of(message).startsWith("message")) {
                        brought.add(message.getSequence());
                    }
                }
            }
            assertThat(brought).containsExactlyInAnyOrderElementsOf(places(asked));
        }
    }

    /** Of what is said before its node is known to have a member, a connection hears by a notice. */
    private static void awaitPushes(InGroup group, RawConnection connection) throws InvalidProtocolBufferException {
        while (true) {
            var sent = group.says("are you there?").sequence();
            for (var told = 0L; told < sent; ) {
                var frame = connection.read();
                for (var message : messagesOf(group, frame)) {
                    acknowledge(connection, message);
                    if (message.getSequence() == sent) {
                        return;
                    }
                }
                told = placeOf(group, frame);
            }
        }
    }

    private static List<ChatMessage> messagesOf(InGroup group, RawFrame frame) throws InvalidProtocolBufferException {
        if (frame.command() != Command.PUSH_VALUE) {
            return List.of();
        }
        return MessagePush.parseFrom(frame.body()).getMessagesList().stream()
                .filter(message -> message.getConversationId().equals(group.conversation()))
                .toList();
    }

    private static void acknowledge(RawConnection connection, ChatMessage message) {
        var position = ConversationPosition.newBuilder()
                .setConversationId(message.getConversationId())
                .setSequence(message.getSequence());
        var notice = PushAck.newBuilder().addPositions(position).build();
        connection.write(RawFrame.request(Command.PUSH_ACK, 0, notice).bytes());
    }

    @Test
    void fewNoticesTellOfAHugeGroupsManyMessages(People people) throws InvalidProtocolBufferException {
        var hers = GroupSize.HUGE.madeBy(phone, people, bob);
        var other = GroupSize.HUGE.madeBy(phone, people, bob);
        try (var connection = listener()) {
            var newest = places(speak(hers)).getLast();
            var newestOfTheOther = places(speak(other)).getLast();

            var notices = 0;
            var told = 0L;
            var toldOfTheOther = 0L;
            while (told < newest || toldOfTheOther < newestOfTheOther) {
                var frame = connection.read();
                assertThat(frame.command()).isEqualTo(Command.NOTICE_VALUE);
                notices++;
                told = Math.max(told, placeOf(hers, frame));
                toldOfTheOther = Math.max(toldOfTheOther, placeOf(other, frame));
            }
            assertThat(told).isEqualTo(newest);
            assertThat(toldOfTheOther).isEqualTo(newestOfTheOther);
            // One a second, and the machine may be slow.
            assertThat(notices).isBetween(1, MANY / 4);
        }
    }

    private static long placeOf(InGroup group, RawFrame frame) throws InvalidProtocolBufferException {
        if (frame.command() != Command.NOTICE_VALUE) {
            return 0;
        }
        return NoticePush.parseFrom(frame.body()).getPositionsList().stream()
                .filter(position -> position.getConversationId().equals(group.conversation()))
                .mapToLong(ConversationPosition::getSequence)
                .max()
                .orElse(0);
    }
}
