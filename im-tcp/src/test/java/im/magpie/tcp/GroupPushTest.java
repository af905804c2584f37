package im.magpie.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.common.broker.GroupMembers;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.AmongOutcome;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.common.rpc.UnindexedGroup;
import im.magpie.tcp.fixture.FakeGroups;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.group.GroupIndex;
import im.magpie.tcp.group.GroupWork;
import im.magpie.tcp.push.PushRouter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupPushTest {

    private static final String GROUP = "group_here";

    private final TestNode node = new TestNode(Map.of(
            "groups.notice-interval", "20ms",
            "groups.renew-every", "50ms",
            "groups.doubt-patience", "1ms",
            "delivery.resend-after", "50ms"));

    @AfterEach
    void close() {
        node.close();
    }

    private void push(PushItem.Builder item, GroupMembers.Builder members) throws InterruptedException {
        var pushed = item.setMembers(members.setAppId("demo")).build();
        node.bean(PushRouter.class)
                .route(PushEnvelope.newBuilder().addItems(pushed).build());
    }

    private static PushItem.Builder message(long sequence) {
        return Pushes.message(GROUP, sequence).toBuilder();
    }

    /** Logs in, and lets its SYNC say that the user is in the group at a version and a place. */
    private TestClient member(String user, long version, long place) {
        node.timelines.syncs.answeredBy(_ -> SyncOutcome.newBuilder()
                .addGroups(UnindexedGroup.newBuilder()
                        .setConversationId(GROUP)
                        .setVersion(version)
                        .setNewestSequence(place))
                .build());
        var client = node.login(user);
        client.write(Requests.sync(2));
        client.read(Reply.SyncOk.class);
        return client;
    }

    private void enrolledWith(long place) {
        node.groups.enrolments.answeredBy(call -> FakeGroups.at(call, place));
    }

    private static long noticed(TestClient client) {
        return client.read(Push.Notice.class).body().getPositions(0).getSequence();
    }

    @Test
    void aPacketForAGroupReachesAllItsMembersHereAndIsRepeatedUntilItIsAcknowledged() throws InterruptedException {
        try (var alice = member("alice", 3, 5);
                var bob = member("bob", 3, 5);
                var carol = node.login("carol")) {
            push(message(6), GroupMembers.newBuilder().setVersion(3));

            assertThat(alice.read(Push.Messages.class).body().getMessages(0).getSequence())
                    .isEqualTo(6);
            assertThat(alice.read(Push.Messages.class).body().getMessages(0).getSequence())
                    .isEqualTo(6);
            bob.read(Push.Messages.class);
            alice.write(Requests.acknowledge(GROUP, 6));
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder()
                            .addItems(Pushes.receipt("private_carol_dave", 3))
                            .build());
            carol.read(Push.Receipts.class);
        }
        await().until(() -> node.bean(GroupIndex.class).count() == 0);
    }

    @Test
    void theNodeEnrolsForAGroupAtOnceAndAgain() {
        node.groups.enrolments.answeredByHand();
        try (var _ = member("alice", 3, 5)) {
            for (var i = 0; i < 2; i++) {
                var call = node.groups.enrolments.next();
                assertThat(call.request().getGroups(0).getConversationId()).isEqualTo(GROUP);
                assertThat(call.request().getLeaseMs()).isEqualTo(150);
                assertThat(call.request().getIncarnation()).isNotEmpty();
                call.answer(FakeGroups.nothingNew(call.request()));
            }
        }
    }

    @Test
    void anEnrolmentThatFailsIsRepeated() {
        node.groups.enrolments.answeredByHand();
        try (var alice = member("alice", 3, 5)) {
            node.groups.enrolments.next().lose();
            var again = node.groups.enrolments.next();
            node.groups.enrolments.answeredBy(FakeGroups::nothingNew);
            again.answer(FakeGroups.at(again.request(), 8));

            assertThat(noticed(alice)).isEqualTo(8);
        }
    }

    @Test
    void whatWasSettledBeforeTheNodeEnrolledIsTold() {
        enrolledWith(7);
        try (var alice = member("alice", 3, 5)) {
            assertThat(noticed(alice)).isEqualTo(7);
        }
    }

    @Test
    void whatIsLostWithTheQueueIsTold() {
        try (var alice = member("alice", 3, 5)) {
            enrolledWith(9);
            node.bean(GroupWork.class).again();

            assertThat(noticed(alice)).isEqualTo(9);
        }
    }

    @Test
    void aPushThatNeverCameIsToldByALaterRenewal() {
        try (var alice = member("alice", 3, 5)) {
            enrolledWith(6);
            assertThat(noticed(alice)).isEqualTo(6);
        }
    }

    @Test
    void noticesWithinAnIntervalAreOne() throws InterruptedException {
        try (var alice = member("alice", 3, 5)) {
            for (var sequence = 6; sequence <= 200; sequence++) {
                push(
                        PushItem.newBuilder()
                                .setCommand(Command.NOTICE_VALUE)
                                .setConversationId(GROUP)
                                .setSequence(sequence),
                        GroupMembers.newBuilder().setVersion(3));
            }
            var packets = 1;
            while (noticed(alice) < 200) {
                packets++;
            }
            assertThat(packets).isLessThan(100);
        }
    }

    @Test
    void whoWasRemovedWhereNobodySawItIsShownNothingMore() throws InterruptedException {
        node.groups.questions.answeredBy(
                _ -> AmongOutcome.newBuilder().addMemberIds("alice").build());
        try (var alice = member("alice", 3, 5);
                var bob = member("bob", 3, 5)) {
            push(message(7), GroupMembers.newBuilder().setVersion(5));
            assertThat(List.of(noticed(alice), noticed(bob))).containsExactly(7L, 7L);
            await().untilAsserted(() -> {
                push(message(8), GroupMembers.newBuilder().setVersion(5));
                assertThat(skipNotices(alice)).isInstanceOf(Push.Messages.class);
            });

            push(message(9), GroupMembers.newBuilder().setVersion(5));
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder()
                            .addItems(Pushes.receipt("private_bob_dave", 2))
                            .build());

            assertThat(skipNotices(bob)).isInstanceOf(Push.Receipts.class);
        }
    }

    private static Object skipNotices(TestClient client) {
        var packet = client.readPacket();
        while (packet instanceof Push.Notice) {
            packet = client.readPacket();
        }
        return packet == null ? "nothing" : packet;
    }

    @Test
    void whoComesByAnEventIsInTheGroupFromThenOn() throws InterruptedException {
        try (var alice = node.login("alice")) {
            var event = Pushes.message(GROUP, 6, 1).toBuilder().setMembersSince(4);
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder().addItems(event).build());
            alice.read(Push.Messages.class);
            push(message(7), GroupMembers.newBuilder().setVersion(4));

            assertThat(alice.read(Push.Messages.class).body().getMessages(0).getSequence())
                    .isIn(6L, 7L);
        }
    }

    @Test
    void aPositionIsOfTheGroup() throws InterruptedException {
        try (var alice = member("alice", 3, 5)) {
            push(
                    PushItem.newBuilder()
                            .setCommand(Command.NOTICE_VALUE)
                            .setConversationId(GROUP)
                            .setSequence(6),
                    GroupMembers.newBuilder().setVersion(3));

            assertThat(alice.read(Push.Notice.class).body().getPositionsList())
                    .containsExactly(ConversationPosition.newBuilder()
                            .setConversationId(GROUP)
                            .setSequence(6)
                            .build());
        }
    }
}
