package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.DecideJoinRequest;
import im.magpie.codec.protocol.Dissolve;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestState;
import im.magpie.codec.protocol.ListJoinRequests;
import im.magpie.codec.protocol.MakeLink;
import im.magpie.common.broker.PushItem;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who asks to be let into groups, who decides about it, and what both hear of it. */
class GroupRequestsTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final GroupWorld world = new GroupWorld(redis, database, GroupWorld.SMALL);

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void anAdminDecidesAboutWhoAsks() {
        var group = world.group("alice", "bob");
        world.people("carol", "dave");
        assertThat(join("carol", group, "let me in")).isEqualTo(JoinOutcome.getDefaultInstance());
        assertThat(join("carol", group, "please")).isEqualTo(JoinOutcome.getDefaultInstance());
        join("dave", group);

        assertThat(world.refusal("bob", group, GroupRequestsTest::listing)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("carol", group, GroupRequestsTest::listing)).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(requests(group)).extracting(JoinRequest::getUserId).containsExactly("carol", "dave");
        assertThat(requests(group).getFirst().getMessage()).isEqualTo("please");
        assertThat(requests(group).getFirst().getTime()).isPositive();

        assertThat(world.refusal("bob", group, decide("carol", true))).isEqualTo(ErrorCode.FORBIDDEN);
        world.call("alice", group, decide("carol", true));
        world.call("alice", group, decide("dave", false));
        assertThat(world.members(group)).containsExactly("alice", "bob", "carol");
        assertThat(requests(group)).isEmpty();
        assertThat(world.timeline(group).getLast().getSenderId()).isEqualTo("alice");
        assertThat(world.events(group).getLast().getJoined().getUserIdsList()).containsExactly("carol");

        // Both again: what is so already stays so.
        world.call("alice", group, decide("carol", true));
        world.call("alice", group, decide("dave", false));
        assertThat(world.refusal("alice", group, decide("dave", true))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.events(group)).hasSize(2);
    }

    @Test
    void adminsLearnOfWhoAsksWithTheirIndexes() {
        var group = world.group("alice", "bob");
        world.people("carol");
        var alice = world.world.indexes.page(GroupWorld.user("alice"), IndexVersion.getDefaultInstance(), 10);
        var bob = world.world.indexes.page(GroupWorld.user("bob"), IndexVersion.getDefaultInstance(), 10);

        join("carol", group);

        assertThat(world.world
                        .indexes
                        .page(GroupWorld.user("alice"), alice.version(), 10)
                        .conversations())
                .containsExactly(group.getConversationId());
        assertThat(world.world
                        .indexes
                        .page(GroupWorld.user("bob"), bob.version(), 10)
                        .conversations())
                .isEmpty();
        assertThat(notedRequests(group, "alice")).isEqualTo(1);
        assertThat(notedRequests(group, "bob")).isZero();
        world.call("alice", group, decide("carol", true));
        assertThat(notedRequests(group, "alice")).isZero();
    }

    @Test
    void whoComesInByAnyWayAsksNoMore() {
        var group = world.group("alice");
        world.people("carol", "dave");
        join("carol", group);
        join("dave", group);

        world.add("alice", group, "carol");
        world.call("dave", group, joining(link(group)));

        assertThat(requests(group)).isEmpty();
    }

    @Test
    void soManyAskAtMost() {
        var group = world.group("alice");
        world.people("bob", "carol", "dave");
        join("bob", group);
        join("carol", group);

        assertThat(world.refusal("dave", group, joining())).isEqualTo(ErrorCode.GROUP_FULL);
        join("carol", group, "again");
        world.call("alice", group, request -> request.setDissolve(Dissolve.getDefaultInstance()));
        assertThat(world.tables.requests().count(key(group))).isZero();
    }

    @Test
    void theDevicesOfAdminsAndOfWhoAsksHearAtOnce() throws Exception {
        var group = world.group("alice", "bob");
        world.people("carol", "dave");
        world.world.connect("alice", "node-a", 1);
        world.world.connect("bob", "node-a", 2);
        world.world.connect("carol", "node-b", 3);

        join("carol", group, "let me in");
        var carols = JoinRequest.newBuilder()
                .setGroupId(group.getGroupId())
                .setUserId("carol")
                .setMessage("let me in")
                .setTime(requests(group).getFirst().getTime())
                .setState(JoinRequestState.ASKED);
        assertThat(told("node-a", 1)).isEqualTo(carols.build());
        assertThat(told("node-b", 3)).isEqualTo(carols.build());

        // Nothing of what changes nothing is told: it would come before the decision.
        join("carol", group, "let me in");
        world.call("alice", group, decide("dave", false));
        world.call("alice", group, decide("carol", false));
        carols.setTime(own("carol").getFirst().getTime()).setState(JoinRequestState.TURNED_AWAY);
        assertThat(told("node-a", 1)).isEqualTo(carols.build());
        assertThat(told("node-b", 3)).isEqualTo(carols.build());
    }

    private JoinRequest told(String node, long connection) throws Exception {
        var item = world.world.pushed(node).getFirst();
        assertThat(item.getCommand()).isEqualTo(Command.JOIN_REQUEST_VALUE);
        assertThat(item.getConnectionIdsList()).containsExactly(connection);
        return JoinRequest.parseFrom(item.getBody());
    }

    @Test
    void whoIsLetInHearsThatToo() throws Exception {
        var group = world.group("alice");
        world.people("carol");
        join("carol", group);
        world.world.connect("carol", "node-b", 3);

        world.call("alice", group, decide("carol", true));

        var items = new ArrayList<>(world.world.pushed("node-b"));
        if (items.size() == 1) {
            items.addAll(world.world.pushed("node-b"));
        }
        assertThat(items)
                .as("behind the event by which he is in")
                .extracting(PushItem::getCommand)
                .containsExactly(Command.PUSH_VALUE, Command.JOIN_REQUEST_VALUE);
        assertThat(JoinRequest.parseFrom(items.getLast().getBody()).getState()).isEqualTo(JoinRequestState.LET_IN);
        assertThat(own("carol")).isEmpty();
    }

    @Test
    void everybodyFindsWhatHeHasAskedForAndWhetherHeWasTurnedAway() {
        var groups = List.of(world.group("alice"), world.group("alice"));
        world.people("carol");
        groups.forEach(group -> join("carol", group));
        world.call("alice", groups.getFirst(), decide("carol", false));

        assertThat(own("carol"))
                .extracting(JoinRequest::getGroupId, JoinRequest::getState)
                .containsExactlyInAnyOrder(
                        tuple(groups.getFirst().getGroupId(), JoinRequestState.TURNED_AWAY),
                        tuple(groups.getLast().getGroupId(), JoinRequestState.ASKED));
        assertThat(requests(groups.getFirst())).isEmpty();
        assertThat(notedRequests(groups.getFirst(), "alice")).isZero();
        assertThat(GroupWorld.refusal(() -> world.call(GroupWorld.BUSINESS_SYSTEM, "", GroupRequestsTest::listing)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);

        // He may ask again.
        join("carol", groups.getFirst(), "really");
        assertThat(own("carol")).extracting(JoinRequest::getState).containsOnly(JoinRequestState.ASKED);
        assertThat(requests(groups.getFirst())).hasSize(1);
    }

    @Test
    void thatSomebodyWasTurnedAwayIsForgottenAfterAWhile() {
        var group = world.group("alice");
        world.people("carol", "dave");
        join("carol", group);
        join("dave", group);
        world.call("alice", group, decide("carol", false));

        world.requests.tidy();
        assertThat(own("carol")).hasSize(1);
        world.later = Duration.ofDays(31);
        world.requests.tidy();
        assertThat(own("carol")).isEmpty();
        assertThat(own("dave")).as("who waits still waits").hasSize(1);
    }

    private int notedRequests(Group group, String userId) {
        return Objects.requireNonNull(world.extents
                        .notes(List.of(GroupWorld.member(group, userId)))
                        .get(group.getConversationId()))
                .joinRequests();
    }

    private JoinOutcome join(String userId, Group group, String message) {
        return world.call(
                        userId,
                        group,
                        request -> request.setJoin(JoinGroup.newBuilder().setMessage(message)))
                .getJoined();
    }

    private List<JoinRequest> requests(Group group) {
        return world.call("alice", group, GroupRequestsTest::listing)
                .getRequests()
                .getRequestsList();
    }

    private List<JoinRequest> own(String userId) {
        return world.call(userId, "", GroupRequestsTest::listing).getRequests().getRequestsList();
    }

    private JoinOutcome join(String userId, Group group) {
        return join(userId, group, "");
    }

    private String link(Group group) {
        return world.call("alice", group, request -> request.setMakeLink(MakeLink.getDefaultInstance()))
                .getLink()
                .getToken();
    }

    private static Consumer<GroupRequest.Builder> joining() {
        return joining("");
    }

    private static Consumer<GroupRequest.Builder> joining(String token) {
        return request -> request.setJoin(JoinGroup.newBuilder().setToken(token));
    }

    private static void listing(GroupRequest.Builder request) {
        request.setRequests(ListJoinRequests.getDefaultInstance());
    }

    private static Consumer<GroupRequest.Builder> decide(String userId, boolean accept) {
        return request -> request.setDecide(
                DecideJoinRequest.newBuilder().setUserId(userId).setAccept(accept));
    }
}
