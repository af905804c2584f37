package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Origin;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.membership.Audience;
import im.magpie.service.membership.Reach;
import im.magpie.service.push.Push;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessagePushesTest {

    private static final ConversationKey GROUP = new ConversationKey("app", "group_here");
    private static final UserKey BOB = new UserKey("app", "bob");
    private static final UserKey CAROL = new UserKey("app", "carol");
    private static final DeviceRoute BOBS = new DeviceRoute(BOB, ClientType.LINUX, "device", "A", 1);
    private static final DeviceRoute CAROLS = new DeviceRoute(CAROL, ClientType.LINUX, "device", "B", 2);
    private static final Map<UserKey, List<DeviceRoute>> ROUTES = Map.of(BOB, List.of(BOBS), CAROL, List.of(CAROLS));
    private static final List<String> NODES = List.of("A", "B");

    private static AcceptedMessage.Builder message() {
        return AcceptedMessage.newBuilder()
                .setAppId("app")
                .setConversationId("group_here")
                .setSequence(9)
                .setShapeVersion(4)
                .setSenderId("alice")
                .setClientMessageId(ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(() -> 1))))
                .setContent(ByteString.EMPTY);
    }

    private static AcceptedMessage.Builder event(GroupEvent.Builder event) {
        return message()
                .setEvent(true)
                .setContent(MessageContent.newBuilder()
                        .setGroupEvent(event.setVersion(4))
                        .build()
                        .toByteString());
    }

    private static List<Push> pushes(AcceptedMessage.Builder message, Reach reach, UserKey... audience) {
        var pending = new PendingMessage(message.build(), new Origin("B", 5));
        return MessagePushes.of(List.of(addressed(pending, reach, audience)), ROUTES, Map.of(GROUP, NODES));
    }

    private static Addressed addressed(PendingMessage pending, Reach reach, UserKey... audience) {
        return new Addressed(Unsettled.of(pending), new Audience(List.of(audience), Set.of(), reach, List.of()));
    }

    @Test
    void aMessageOfAnIndexedGroupGoesToSessions() {
        assertThat(pushes(message(), Reach.INDEXED, BOB)).singleElement().satisfies(push -> {
            assertThat(push.devices()).containsExactly(BOBS);
            assertThat(push.members()).isNull();
            assertThat(push.membersSince()).isZero();
        });
    }

    @Test
    void aMessageOfAPushedGroupGoesToNodesWhoeverIsInIt() {
        assertThat(pushes(message(), Reach.PUSHED)).singleElement().satisfies(push -> {
            assertThat(push.command()).isEqualTo(Command.PUSH);
            assertThat(push.devices()).isEmpty();
            var to = Objects.requireNonNull(push.members());
            assertThat(to.nodes()).isEqualTo(NODES);
            assertThat(to.members().getVersion()).isEqualTo(4);
            assertThat(to.members().getEvent()).isFalse();
            assertThat(to.originConnection()).isEqualTo(5);
        });
    }

    @Test
    void ofANoticedGroupOnlyThePlaceIsTold() {
        assertThat(pushes(message(), Reach.NOTICED)).singleElement().satisfies(push -> {
            assertThat(push.command()).isEqualTo(Command.NOTICE);
            assertThat(push.body()).isEmpty();
            assertThat(push.sequence()).isEqualTo(9);
            assertThat(push.members()).isNotNull();
        });
    }

    @Test
    void whoComesAndWhoGoesHearOfItApartAndTheNodesHearWhoIsGone() {
        var removed =
                GroupEvent.newBuilder().setRemoved(MembersWent.newBuilder().addUserIds("bob"));
        var added = GroupEvent.newBuilder().setAdded(MembersCame.newBuilder().addUserIds("carol"));

        var going = pushes(event(removed), Reach.PUSHED, BOB);
        assertThat(going.getFirst().devices()).containsExactly(BOBS);
        assertThat(going.getFirst().membersSince()).isZero();
        assertThat(Objects.requireNonNull(going.getLast().members()).members().getGoneList())
                .containsExactly("bob");

        var coming = pushes(event(added), Reach.NOTICED, CAROL);
        assertThat(coming.getFirst().command()).isEqualTo(Command.PUSH);
        assertThat(coming.getFirst().devices()).containsExactly(CAROLS);
        assertThat(coming.getFirst().membersSince()).isEqualTo(4);
        assertThat(coming.getLast().command()).isEqualTo(Command.NOTICE);
        assertThat(Objects.requireNonNull(coming.getLast().members()).members().getEvent())
                .isTrue();
    }

    @Test
    void whereNoNodeHasMembersNothingIsSent() {
        var pending = new PendingMessage(message().build(), Origin.NONE);

        assertThat(MessagePushes.of(List.of(addressed(pending, Reach.PUSHED)), Map.of(), Map.of()))
                .isEmpty();
    }
}
