package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.ping;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GetGroup;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.common.rpc.GroupOutcome;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCallsTest {

    private final TestNode node = new TestNode(Map.of("groups.concurrency", 1, "groups.queue", 1));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theServicesDoIt() {
        node.groups.calls.answeredByHand();
        var reply = GroupReply.newBuilder()
                .setGroup(Group.newBuilder().setGroupId("friends"))
                .build();
        try (var client = node.login("alice")) {
            client.write(get(2));
            var call = node.groups.calls.next();

            assertThat(call.request().getRequest()).isEqualTo(get(2).body());
            assertThat(call.request().getSession().getUserId()).isEqualTo("alice");
            call.answer(GroupOutcome.newBuilder().setReply(reply).build());
            assertThat(client.read(Reply.GroupOk.class)).isEqualTo(new Reply.GroupOk(2, reply));
        }
    }

    @Test
    void whatIsRefusedIsToldWithItsReason() {
        node.groups.calls.answeredBy(_ -> GroupOutcome.newBuilder()
                .setError(ErrorCode.GROUP_FULL)
                .setErrorMessage("too many")
                .build());
        try (var client = node.login("alice")) {
            client.write(get(2));

            assertThat(client.readFailure(2, ErrorCode.GROUP_FULL).detail().getMessage())
                    .isEqualTo("too many");
        }
    }

    @Test
    void whatThereIsNoRoomForIsBusyAndNothingElseWaits() {
        node.groups.calls.answeredByHand();
        try (var client = node.login("alice")) {
            client.write(get(2));
            var call = node.groups.calls.next();
            client.write(get(3), get(4), ping(5));
            assertThat(client.readFailure(4, ErrorCode.BUSY).detail().getRetryAfterMs())
                    .isPositive();
            client.read(Reply.PingOk.class);
            call.answer(GroupOutcome.getDefaultInstance());
            client.read(Reply.GroupOk.class);
        }
    }

    private static Request.Group get(int requestId) {
        return new Request.Group(
                requestId,
                GroupRequest.newBuilder()
                        .setGroupId("friends")
                        .setGet(GetGroup.getDefaultInstance())
                        .build());
    }
}
