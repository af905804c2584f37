package im.magpie.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.common.broker.GroupMembers;
import im.magpie.common.broker.PushItem;
import im.magpie.common.broker.RoomAudience;
import im.magpie.common.user.UserKey;
import im.magpie.service.index.DeviceRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeLoadTest {

    private static final DeviceRoute ON_A = route("ann", "A", 1);
    private static final DeviceRoute ALSO_ON_A = route("bob", "A", 2);
    private static final DeviceRoute ON_B = route("bob", "B", 1);

    @Test
    void aPacketGoesOnceToEachNodeThatHoldsOneOfItsDevices() {
        var loads = NodeLoad.pack(List.of(push(1, ON_A, ON_B, ALSO_ON_A)), 1_000);

        assertThat(loads).extracting(NodeLoad::incarnation).containsExactly("A", "B");
        assertThat(loads.getFirst().routes()).containsExactly(ON_A, ALSO_ON_A);
        assertThat(loads.getFirst().envelope().getItemsList())
                .containsExactly(PushItem.newBuilder()
                        .setCommand(Command.PUSH_VALUE)
                        .setBody(body(1))
                        .addConnectionIds(1)
                        .addConnectionIds(2)
                        .setConversationId("private_ann_bob")
                        .setSequence(1)
                        .build());
    }

    @Test
    void aNodesPacketsShareAnEnvelopeInTheirOrder() {
        var loads = NodeLoad.pack(List.of(push(1, ON_A), push(2, ON_A), push(3, ON_A)), 1_000);

        assertThat(loads).hasSize(1);
        assertThat(loads.getFirst().envelope().getItemsList())
                .extracting(PushItem::getSequence)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aFullEnvelopeIsFollowedByAnother() {
        var loads = NodeLoad.pack(List.of(push(1, ON_A), push(2, ON_A, ON_B), push(3, ON_A)), 2L * body(1).size());

        assertThat(loads).extracting(NodeLoad::incarnation).containsExactly("A", "A", "B");
        assertThat(loads).extracting(load -> load.envelope().getItemsCount()).containsExactly(2, 1, 1);
        assertThat(loads.get(1).envelope().getItems(0).getSequence()).isEqualTo(3);
    }

    @Test
    void aPacketThatIsTooLargeGoesAlone() {
        var loads = NodeLoad.pack(List.of(push(1, ON_A), push(2, ON_A)), 1);

        assertThat(loads).extracting(load -> load.envelope().getItemsCount()).containsExactly(1, 1);
    }

    @Test
    void whatNobodyAcknowledgesNamesNoMessage() {
        var kicked = Push.unacknowledged(Command.KICKED, body(1), List.of(ON_A));

        var item = NodeLoad.pack(List.of(kicked), 1_000).getFirst().envelope().getItems(0);

        assertThat(item.getConversationId()).isEmpty();
        assertThat(item.getSequence()).isZero();
    }

    @Test
    void whatIsForTheMembersOfAGroupGoesOnceToEachNodeThatHasAny() {
        var members = GroupMembers.newBuilder().setAppId("app").setVersion(3).build();
        var push = new Push(
                Command.PUSH,
                body(1),
                "group_here",
                1,
                List.of(),
                ByteString.EMPTY,
                0,
                new ToMembers(List.of("A", "B"), members, "B", 7));

        var loads = NodeLoad.pack(List.of(push), 1_000);

        assertThat(loads).extracting(NodeLoad::incarnation).containsExactly("A", "B");
        assertThat(loads).allMatch(load -> load.routes().isEmpty());
        assertThat(loads.getFirst().envelope().getItems(0).getMembers()).isEqualTo(members);
        assertThat(loads.getLast().envelope().getItems(0).getMembers().getOrigin())
                .isEqualTo(7);
    }

    @Test
    void aPacketForARoomGoesOnceToEachNodeThatIsPresent() {
        var audience =
                RoomAudience.newBuilder().setAppId("app").setRoomId("live").build();
        var loads = NodeLoad.pack(
                List.of(Push.toRoom(body(1), new ToRoom(List.of("A", "B"), audience)), push(2, ON_A)), 1_000);

        assertThat(loads).extracting(NodeLoad::incarnation).containsExactly("A", "B");
        assertThat(loads.getFirst().envelope().getItemsList())
                .extracting(PushItem::getRoom)
                .containsExactly(audience, RoomAudience.getDefaultInstance());
        assertThat(loads.getLast().envelope().getItemsList())
                .containsExactly(PushItem.newBuilder()
                        .setCommand(Command.ROOM_PUSH_VALUE)
                        .setBody(body(1))
                        .setRoom(audience)
                        .build());
        assertThat(loads.getLast().routes()).isEmpty();
    }

    private static Push push(long sequence, DeviceRoute... devices) {
        return new Push(Command.PUSH, body(sequence), "private_ann_bob", sequence, List.of(devices));
    }

    private static ByteString body(long sequence) {
        return ByteString.copyFromUtf8("body " + sequence);
    }

    private static DeviceRoute route(String user, String incarnation, long connection) {
        return new DeviceRoute(new UserKey("app", user), ClientType.LINUX, "device", incarnation, connection);
    }
}
