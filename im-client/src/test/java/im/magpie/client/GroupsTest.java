package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.id.Identifiers;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupLink;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupPage;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestPage;
import im.magpie.codec.protocol.MemberPage;
import im.magpie.codec.protocol.Readers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupsTest {

    private static final Group CLUB =
            Group.newBuilder().setGroupId("club").setName("the club").build();
    private static final GroupReply OK = GroupReply.newBuilder().setGroup(CLUB).build();

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MagpieClient client = MagpieClient.start(TestClients.alice(gateway, ears));
    private final Groups groups = client.groups();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        Await.value(client.ready());
        return connection;
    }

    /** Returns what was asked, which this answers. */
    private static GroupRequest answer(FakeConnection connection, GroupReply reply) {
        var request = connection.next(Request.Group.class);
        connection.write(new Reply.GroupOk(request.requestId(), reply));
        return request.body();
    }

    private static GroupRequest answered(FakeConnection connection, CompletableFuture<Group> asked) {
        var request = answer(connection, OK);
        assertThat(Await.value(asked)).isEqualTo(CLUB);
        return request;
    }

    @Test
    void asksForWhatChangesAGroup() {
        var connection = welcomed();
        var created = answered(connection, groups.create("the club", List.of("bob", "carol")));
        assertThat(Identifiers.isGroupId(created.getGroupId())).isTrue();
        assertThat(created.getCreate())
                .isEqualTo(CreateGroup.newBuilder()
                        .setName("the club")
                        .addMemberIds("bob")
                        .addMemberIds("carol")
                        .build());
        var named = GroupChanged.newBuilder().setName("another").build();
        assertThat(answered(connection, groups.change("club", named)).getChange())
                .isEqualTo(named);
        assertThat(answered(connection, groups.add("club", List.of("dave")))
                        .getAdd()
                        .getUserIdsList())
                .containsExactly("dave");
        assertThat(answered(connection, groups.remove("club", List.of("bob")))
                        .getRemove()
                        .getUserIdsList())
                .containsExactly("bob");
        assertThat(answered(connection, groups.get("club")).hasGet()).isTrue();
        assertThat(answered(connection, groups.dissolve("club")).hasDissolve()).isTrue();
        var left = groups.leave("club").thenApply(_ -> true);
        assertThat(answer(connection, OK).hasLeave()).isTrue();
        assertThat(Await.value(left)).isTrue();
    }

    @Test
    void asksForWhatChangesMembers() {
        var connection = welcomed();
        assertThat(answered(connection, groups.transfer("club", "bob"))
                        .getTransfer()
                        .getUserId())
                .isEqualTo("bob");
        var appoint = answered(connection, groups.appoint("club", "bob", GroupRole.ADMIN));
        assertThat(appoint.getGroupId()).isEqualTo("club");
        assertThat(appoint.getAppoint().getRole()).isEqualTo(GroupRole.ADMIN);
        assertThat(answered(connection, groups.mute("club", "bob", Duration.ofHours(1)))
                        .getMute()
                        .getSeconds())
                .isEqualTo(3_600);
        assertThat(answered(connection, groups.rename("club", "bob", "Bobby"))
                        .getRename()
                        .getNickname())
                .isEqualTo("Bobby");
    }

    @Test
    void asksForPages() {
        var connection = welcomed();
        var groupPage = GroupPage.newBuilder().addGroups(CLUB).setMore(true).build();
        var listed = groups.list("a", 7);
        var list = answer(
                        connection, GroupReply.newBuilder().setGroups(groupPage).build())
                .getList();
        assertThat(list.getAfter()).isEqualTo("a");
        assertThat(list.getLimit()).isEqualTo(7);
        assertThat(Await.value(listed)).isEqualTo(groupPage);

        var memberPage = MemberPage.newBuilder()
                .addMembers(GroupMember.newBuilder().setUserId("bob"))
                .build();
        var members = groups.members("club", "alice", 0);
        answer(connection, GroupReply.newBuilder().setMembers(memberPage).build());
        assertThat(Await.value(members)).isEqualTo(memberPage);

        var requestPage = JoinRequestPage.newBuilder()
                .addRequests(JoinRequest.newBuilder().setUserId("erin"))
                .build();
        var requests = groups.requests("club", "", 0);
        answer(connection, GroupReply.newBuilder().setRequests(requestPage).build());
        assertThat(Await.value(requests)).isEqualTo(requestPage);
        var own = groups.ownRequests("club", 0);
        var asked = answer(
                connection, GroupReply.newBuilder().setRequests(requestPage).build());
        assertThat(asked.getGroupId()).isEmpty();
        assertThat(asked.getRequests().getAfter()).isEqualTo("club");
        assertThat(Await.value(own)).isEqualTo(requestPage);
    }

    @Test
    void asksToComeInAndLetsIn() {
        var connection = welcomed();
        var outcome = JoinOutcome.newBuilder().setJoined(true).setGroup(CLUB).build();
        var joined = groups.join("club", "it is me");
        var join = answer(connection, GroupReply.newBuilder().setJoined(outcome).build());
        assertThat(join.getJoin().getMessage()).isEqualTo("it is me");
        assertThat(Await.value(joined)).isEqualTo(outcome);

        var entered = groups.joinByLink("token");
        var enter =
                answer(connection, GroupReply.newBuilder().setJoined(outcome).build());
        assertThat(enter.getGroupId()).isEmpty();
        assertThat(enter.getJoin().getToken()).isEqualTo("token");
        assertThat(Await.value(entered)).isEqualTo(outcome);

        var decided = groups.decide("club", "erin", true).thenApply(_ -> true);
        assertThat(answer(connection, OK).getDecide().getAccept()).isTrue();
        assertThat(Await.value(decided)).isTrue();

        var link = GroupLink.newBuilder().setToken("token").setExpires(5).build();
        var made = groups.makeLink("club", Duration.ofDays(1));
        assertThat(answer(connection, GroupReply.newBuilder().setLink(link).build())
                        .getMakeLink()
                        .getSeconds())
                .isEqualTo(86_400);
        assertThat(Await.value(made)).isEqualTo(link);

        var revoked = groups.revokeLink("club", "token").thenApply(_ -> true);
        assertThat(answer(connection, OK).getRevokeLink().getToken()).isEqualTo("token");
        assertThat(Await.value(revoked)).isTrue();
    }

    @Test
    void asksWhoHasReadSomething() {
        var connection = welcomed();
        var readers = Readers.newBuilder().addRead("bob").addUnread("carol").build();
        var asked = groups.readers("club", 7);
        assertThat(answer(
                                connection,
                                GroupReply.newBuilder().setReaders(readers).build())
                        .getReaders()
                        .getSequence())
                .isEqualTo(7);
        assertThat(Await.value(asked)).isEqualTo(readers);
    }

    @Test
    void tellsWhatIsRefused() {
        var connection = welcomed();
        var added = groups.add("club", List.of("bob"));
        connection.refuse(connection.next(Request.Group.class), ErrorCode.FORBIDDEN);
        assertThat(TestClients.codeOf(added)).isEqualTo(ErrorCode.FORBIDDEN);

        var readers = groups.readers("club", 1);
        answer(connection, OK);
        assertThat(TestClients.codeOf(readers)).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void asksAgainForWhatMaySucceedLater() {
        var connection = welcomed();
        var created = groups.create("the club", List.of("bob"));
        var first = connection.next(Request.Group.class);
        connection.refuse(first, ErrorCode.UNAVAILABLE);
        var second = answered(connection, created);
        // The same group, not another one.
        assertThat(second).isEqualTo(first.body());
    }

    @Test
    void asksAgainOverTheNextConnection() {
        var connection = welcomed();
        var left = groups.leave("club").thenApply(_ -> true);
        connection.next(Request.Group.class);
        connection.close();
        var next = gateway.accept();
        next.welcome();
        assertThat(answer(next, OK).hasLeave()).isTrue();
        assertThat(Await.value(left)).isTrue();
    }

    @Test
    void waitsForTheFirstConnection() {
        var club = groups.get("club");
        var connection = gateway.accept();
        connection.welcome();
        answered(connection, club);
    }

    @Test
    void givesUpWhenTheTimeForAReplyIsOver() {
        var options = TestClients.user("bob", gateway.address(), new Ears());
        var hasty = options.withTimings(options.timings().withReply(Duration.ofMillis(50)));
        gateway.accept();
        try (var other = MagpieClient.start(hasty)) {
            assertThat(TestClients.codeOf(other.groups().get("club"))).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void aClosedClientLeavesNobodyWaiting() {
        gateway.accept();
        var club = groups.get("club");
        client.close();
        assertThat(TestClients.codeOf(club)).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(TestClients.codeOf(groups.get("club"))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void knowsTheConversationOfAGroup() {
        assertThat(Groups.conversationOf("club")).isEqualTo("group_club");
        assertThatThrownBy(() -> Groups.conversationOf("no such thing")).isInstanceOf(IllegalArgumentException.class);
    }
}
