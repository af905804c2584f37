package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.BUSINESS_SYSTEM;
import static im.magpie.service.group.GroupWorld.key;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent.WhatCase;
import im.magpie.codec.protocol.GroupLink;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.MakeLink;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.codec.protocol.RevokeLink;
import im.magpie.service.membership.Extent;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who comes into groups and goes: by others, by himself and by links. */
class GroupDoorTest {

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
    void membersBringOthersInWhereTheGroupLetsThem() {
        var open = world.group("alice", "bob");
        var closed = world.group("alice", wanted -> wanted.setInvitePolicy(InvitePolicy.ADMINS_INVITE), "bob");
        world.people("carol", "dave");

        assertThat(world.add("bob", open, "carol").getMemberCount()).isEqualTo(3);
        assertThat(world.refusal("bob", closed, add("carol"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("eve", open, add("dave"))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        world.add(BUSINESS_SYSTEM, closed, "carol");

        var event = world.events(open).getLast();
        assertThat(event.getAdded().getUserIdsList()).containsExactly("carol");
        assertThat(world.timeline(open).getLast().getSenderId()).isEqualTo("bob");
    }

    @Test
    void whoIsThereAlreadyStaysAsHeIs() {
        world.settings = GroupWorld.settings(5, 1, 2, 3);
        var group = world.group("alice", "bob");
        world.people("carol");

        assertThat(world.add("alice", group, "bob", "carol").getVersion()).isEqualTo(2);
        assertThat(world.add("alice", group, "bob", "carol").getVersion()).isEqualTo(2);
        assertThat(world.events(group).getLast().getAdded().getUserIdsList()).containsExactly("carol");
        assertThat(world.refusal("alice", group, add("bob", "bob"))).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aGroupHasSoManyMembersAtMost() {
        var group = world.group("alice", "bob", "carol", "dave");
        world.people("eve", "zoe");

        assertThat(world.refusal("alice", group, add("eve", "zoe"))).isEqualTo(ErrorCode.GROUP_FULL);
        assertThat(world.members(group)).hasSize(4);
        world.add("alice", group, "eve");
        assertThat(world.refusal("alice", group, add("zoe"))).isEqualTo(ErrorCode.GROUP_FULL);
    }

    @Test
    void adminsSendAwayWhoIsOfALowerRank() {
        var group = world.group("alice", "bob", "carol", "dave");
        world.call(
                "alice",
                group,
                request ->
                        request.setAppoint(Appoint.newBuilder().setUserId("bob").setRole(GroupRole.ADMIN)));
        world.call(
                "alice",
                group,
                request -> request.setAppoint(
                        Appoint.newBuilder().setUserId("carol").setRole(GroupRole.ADMIN)));

        assertThat(world.refusal("dave", group, remove("bob"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("bob", group, remove("carol"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("bob", group, remove("alice"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal(BUSINESS_SYSTEM, group, remove("alice"))).isEqualTo(ErrorCode.FORBIDDEN);
        var removed = world.call("bob", group, remove("dave")).getGroup();
        assertThat(world.call("bob", group, remove("dave")).getGroup().getVersion())
                .isEqualTo(removed.getVersion());
        assertThat(world.members(group)).containsExactly("alice", "bob", "carol");
    }

    @Test
    void whoGoesReadsUpToThereAndWhoComesBackReadsOnFromThere() {
        var group = world.group("alice", "bob");
        world.say(group, "alice");
        world.call("bob", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        assertThat(world.refusal("bob", group, add("eve"))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(world.call("bob", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()))
                        .getGroup())
                .as("who is not in it hears nothing of it")
                .isEqualTo(Group.newBuilder()
                        .setGroupId(group.getGroupId())
                        .setConversationId(group.getConversationId())
                        .build());
        assertThat(world.whatHappened(group)).containsExactly(WhatCase.CREATED, WhatCase.LEFT);
        assertThat(world.refusal("eve", group, request -> request.setLeave(LeaveGroup.getDefaultInstance())))
                .isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        world.say(group, "alice");
        assertThat(extent(group, "bob")).isEqualTo(new Extent(List.of(new Extent.Part(0, 3)), false));

        world.add("alice", group, "bob");
        assertThat(extent(group, "bob"))
                .isEqualTo(new Extent(List.of(new Extent.Part(0, 3), new Extent.Part(4, Long.MAX_VALUE)), true));
    }

    @Test
    void anOpenGroupTakesEverybodyInAndAClosedOneNobody() {
        var open = world.group(
                "alice", wanted -> wanted.setJoinPolicy(JoinPolicy.OPEN).setOpenHistory(true));
        var closed = world.group("alice", wanted -> wanted.setJoinPolicy(JoinPolicy.CLOSED));
        world.people("bob");

        var joined = join("bob", open);
        assertThat(joined.getJoined()).isTrue();
        assertThat(joined.getGroup().getSelf().getUserId()).isEqualTo("bob");
        assertThat(join("bob", open)).isEqualTo(joined);
        assertThat(world.whatHappened(open)).containsExactly(WhatCase.CREATED, WhatCase.JOINED);
        assertThat(extent(open, "bob")).isEqualTo(Extent.ALL);
        assertThat(world.refusal("bob", closed, joining())).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal(BUSINESS_SYSTEM, open, joining())).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aLinkLetsInWhoeverHasItAtOnce() {
        var group = world.group("alice", wanted -> wanted.setJoinPolicy(JoinPolicy.CLOSED), "bob");
        world.people("carol", "dave");
        var link = link(group, "bob", 60);

        assertThat(Base64.getUrlDecoder().decode(link.getToken())).hasSize(16);
        assertThat(link.getExpires() - redis.scripts().timeMillis()).isBetween(50_000L, 60_000L);
        assertThat(world.call("carol", group, joining(link.getToken()))
                        .getJoined()
                        .getJoined())
                .isTrue();
        // Whoever has nothing but the token comes in too.
        assertThat(world.call("dave", "", joining(link.getToken()))
                        .getJoined()
                        .getGroup()
                        .getGroupId())
                .isEqualTo(group.getGroupId());
        assertThat(world.rows.queryForList("SELECT token_hash FROM group_link", byte[].class))
                .hasSize(1)
                .allMatch(hash -> hash.length == 32);
    }

    @Test
    void aLinkIsGoodForAWhileAndOnlyForItsGroup() {
        var group = world.group("alice");
        var other = world.group("alice");
        world.people("bob");
        var link = link(group, "alice", 60);

        assertThat(world.refusal("bob", other, joining(link.getToken()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("bob", group, joining("no token"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(GroupWorld.refusal(() -> world.call("bob", "", joining("no token"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        world.links.tidy();
        world.later = Duration.ofMinutes(2);
        assertThat(world.refusal("bob", group, joining(link.getToken()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.rows.queryForObject("SELECT COUNT(*) FROM group_link", Long.class))
                .isEqualTo(1);
        world.links.tidy();
        assertThat(world.rows.queryForObject("SELECT COUNT(*) FROM group_link", Long.class))
                .isZero();
    }

    @Test
    void linksAreMadeByWhoBringsOthersInAndLastNoLongerThanHeMay() {
        var group = world.group("alice", "bob");
        world.people("carol");
        assertThat(world.refusal("carol", group, making(0))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(world.refusal("bob", group, making(3_601))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("bob", group, making(-1))).isEqualTo(ErrorCode.INVALID_REQUEST);
        var bobs = link(group, "bob", 0);
        var alices = link(group, "alice", 0);
        assertThat(world.refusal("alice", group, making(0))).isEqualTo(ErrorCode.GROUP_FULL);

        world.call(
                "alice",
                group,
                request -> request.setChange(GroupChanged.newBuilder().setInvitePolicy(InvitePolicy.ADMINS_INVITE)));
        assertThat(world.refusal("carol", group, joining(bobs.getToken()))).isEqualTo(ErrorCode.NOT_FOUND);
        world.call("alice", group, remove("bob"));
        assertThat(world.tables.links().count(key(group), 0)).isEqualTo(1);
        assertThat(world.call("carol", group, joining(alices.getToken()))
                        .getJoined()
                        .getJoined())
                .isTrue();
    }

    @Test
    void aRevokedLinkLetsNobodyIn() {
        var group = world.group("alice", "bob", "carol");
        world.people("dave");
        var alices = link(group, "alice", 0);
        var bobs = link(group, "bob", 0);

        assertThat(world.refusal("carol", group, revoking(bobs))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("dave", group, revoking(bobs))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        world.call("bob", group, revoking(bobs));
        world.call("bob", group, revoking(bobs));
        assertThat(world.refusal("bob", group, revoking(alices))).isEqualTo(ErrorCode.FORBIDDEN);
        world.call("alice", group, revoking(alices));
        assertThat(world.refusal("dave", group, joining(bobs.getToken()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("dave", group, joining(alices.getToken()))).isEqualTo(ErrorCode.NOT_FOUND);
        // A link is nothing that the group hears of.
        assertThat(world.events(group)).hasSize(1);
    }

    private Extent extent(Group group, String userId) {
        var head = world.world.log.head(key(group).conversation());
        return world.extents.of(GroupWorld.member(group, userId), head);
    }

    private JoinOutcome join(String userId, Group group) {
        return world.call(userId, group, joining()).getJoined();
    }

    private GroupLink link(Group group, String by, long seconds) {
        return world.call(by, group, making(seconds)).getLink();
    }

    private static Consumer<GroupRequest.Builder> joining() {
        return joining("");
    }

    private static Consumer<GroupRequest.Builder> joining(String token) {
        return request -> request.setJoin(JoinGroup.newBuilder().setToken(token));
    }

    private static Consumer<GroupRequest.Builder> making(long seconds) {
        return request -> request.setMakeLink(MakeLink.newBuilder().setSeconds(seconds));
    }

    private static Consumer<GroupRequest.Builder> revoking(GroupLink link) {
        return request -> request.setRevokeLink(RevokeLink.newBuilder().setToken(link.getToken()));
    }

    private static Consumer<GroupRequest.Builder> add(String... userIds) {
        return request -> request.setAdd(AddMembers.newBuilder().addAllUserIds(List.of(userIds)));
    }

    private static Consumer<GroupRequest.Builder> remove(String userId) {
        return request -> request.setRemove(RemoveMembers.newBuilder().addUserIds(userId));
    }
}
