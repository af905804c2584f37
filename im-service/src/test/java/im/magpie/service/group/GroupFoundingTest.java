package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.BUSINESS_SYSTEM;
import static im.magpie.service.group.GroupWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.Dissolve;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GetGroup;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent.WhatCase;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.ListGroups;
import im.magpie.codec.protocol.ListMembers;
import im.magpie.codec.protocol.MakeLink;
import im.magpie.codec.protocol.Transfer;
import im.magpie.service.blacklist.Block;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Groups are made, changed, passed on and dissolved. */
class GroupFoundingTest {

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
    void whoeverMakesAGroupOwnsItAndItsFirstEventSaysWhoIsThere() {
        var group = world.group("alice", "bob", "carol");

        assertThat(group.getOwnerId()).isEqualTo("alice");
        assertThat(group.getMemberCount()).isEqualTo(3);
        assertThat(group.getVersion()).isEqualTo(1);
        assertThat(group.getConversationId()).isEqualTo("group_" + group.getGroupId());
        assertThat(group.getJoinPolicy()).isEqualTo(JoinPolicy.APPROVAL);
        assertThat(group.getSelf().getRole()).isEqualTo(GroupRole.OWNER);
        assertThat(world.members(group)).containsExactly("alice", "bob", "carol");
        var first = world.timeline(group).getFirst();
        assertThat(first.getSenderId()).isEqualTo("alice");
        assertThat(first.getSequence()).isEqualTo(1);
        assertThat(first.getOrdinal()).isZero();
        var created = first.getContent().getGroupEvent().getCreated();
        assertThat(created.getUserIdsList()).containsExactly("alice", "bob", "carol");
        assertThat(created.getName()).isEqualTo("friends");
    }

    @Test
    void aGroupOfAGivenIdIsMadeOnce() {
        world.people("alice", "bob");
        Consumer<GroupRequest.Builder> create =
                request -> request.setCreate(CreateGroup.newBuilder().setName("friends"));
        var made = world.call("alice", "team", create).getGroup();

        assertThat(world.call("alice", "team", create).getGroup()).isEqualTo(made);
        assertThat(world.events(made)).hasSize(1);
        assertThat(world.refusal("bob", made, create)).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void theBusinessSystemMakesGroupsForOthers() {
        world.people("alice");
        var made = world.call(
                        BUSINESS_SYSTEM,
                        "",
                        request -> request.setCreate(
                                CreateGroup.newBuilder().setName("staff").setOwnerId("alice")))
                .getGroup();

        assertThat(made.getOwnerId()).isEqualTo("alice");
        assertThat(world.timeline(made).getFirst().getSenderId()).isEmpty();
    }

    @Test
    void nobodyIsInAGroupWhoIsNotThereOrBlocksWhoBringsHim() {
        world.people("alice", "bob", "carol");
        world.users.disable(GroupWorld.user("bob"));
        world.blacklist.add(new Block(GroupWorld.user("carol"), "alice"));

        assertThat(refusal(() -> world.group("alice", wanted -> wanted.addMemberIds("nobody"))))
                .isEqualTo(ErrorCode.RECIPIENT_UNKNOWN);
        assertThat(refusal(() -> create("alice", "bob"))).isEqualTo(ErrorCode.RECIPIENT_DISABLED);
        assertThat(refusal(() -> create("alice", "carol"))).isEqualTo(ErrorCode.BLOCKED_BY_RECIPIENT);
        assertThat(world.rows.queryForObject("SELECT COUNT(*) FROM im_group", Long.class))
                .isZero();
    }

    @Test
    void aUserIsInSoManyGroupsAtMostAndADissolvedOneIsNone() {
        var first = world.group("alice");
        world.group("alice");
        world.group("alice");

        assertThat(refusal(() -> create("alice"))).isEqualTo(ErrorCode.GROUP_FULL);
        world.call("alice", first, GroupFoundingTest::dissolve);
        create("alice");
    }

    @Test
    void anAppMayHaveItsOwnBounds() {
        world.settings = new GroupSettings(
                5,
                Map.of(GroupWorld.APP, 2, "other", 9),
                3,
                Map.of(GroupWorld.APP, 1),
                2,
                3,
                2,
                2,
                Duration.ofHours(1),
                5);
        var group = world.group("alice", "bob");

        world.people("carol");
        assertThat(refusal(() -> world.add("alice", group, "carol"))).isEqualTo(ErrorCode.GROUP_FULL);
        assertThat(refusal(() -> create("alice"))).isEqualTo(ErrorCode.GROUP_FULL);
    }

    @Test
    void whatMakesNoGroupIsRefused() {
        world.people("alice");
        assertThat(refusal(() -> world.group("alice", wanted -> wanted.setName(" "))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> world.call("alice", "", _ -> {}))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> world.call("alice", "a group", GroupFoundingTest::get)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> world.call("alice", "none", GroupFoundingTest::get)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> world.call("alice", "none", GroupFoundingTest::dissolve)))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void adminsChangeWhatAllSee() {
        var group = world.group("alice", "bob");
        Consumer<GroupRequest.Builder> change = request -> request.setChange(GroupChanged.newBuilder()
                .setName("best friends")
                .setAnnouncement("hello")
                .setMuted(true)
                .setInvitePolicy(InvitePolicy.ADMINS_INVITE));

        assertThat(world.refusal("bob", group, change)).isEqualTo(ErrorCode.FORBIDDEN);
        world.people("eve");
        assertThat(world.refusal("eve", group, change)).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        var changed = world.call("alice", group, change).getGroup();
        assertThat(changed.getName()).isEqualTo("best friends");
        assertThat(changed.getMuted()).isTrue();
        assertThat(changed.getVersion()).isEqualTo(2);

        assertThat(world.call("alice", group, change).getGroup().getVersion()).isEqualTo(2);
        assertThat(world.whatHappened(group)).containsExactly(WhatCase.CREATED, WhatCase.CHANGED);
        assertThat(world.events(group).getLast().getChanged().hasAvatarUrl()).isFalse();
    }

    @Test
    void theOwnerPassesTheGroupOn() {
        var group = world.group("alice", "bob");
        var transfer = passingTo("bob");

        assertThat(world.refusal("bob", group, transfer)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal(
                        "alice",
                        group,
                        request -> request.setTransfer(Transfer.newBuilder().setUserId("eve"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("alice", group, request -> request.setLeave(LeaveGroup.getDefaultInstance())))
                .isEqualTo(ErrorCode.FORBIDDEN);

        var passed = world.call("alice", group, transfer).getGroup();
        assertThat(passed.getOwnerId()).isEqualTo("bob");
        assertThat(passed.getSelf().getRole()).isEqualTo(GroupRole.ADMIN);
        assertThat(world.events(group).getLast().getTransferred().getMembersList())
                .extracting(GroupMember::getRole)
                .containsExactly(GroupRole.OWNER, GroupRole.ADMIN);
        assertThat(world.call("bob", group, transfer).getGroup().getVersion()).isEqualTo(passed.getVersion());
    }

    @Test
    void whoHasPassedAGroupOnMaySaySoAgain() {
        var group = world.group("alice", "bob", "carol");
        world.call("alice", group, passingTo("carol"));
        var passed = world.call("carol", group, passingTo("bob")).getGroup();

        assertThat(world.call("carol", group, passingTo("bob")).getGroup()).isEqualTo(passed);
        assertThat(world.refusal("alice", group, passingTo("bob")))
                .as("an admin, who has not done it")
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("carol", group, passingTo("alice"))).isEqualTo(ErrorCode.FORBIDDEN);
        world.call("carol", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        world.call("carol", group, passingTo("bob"));
        assertThat(world.whatHappened(group))
                .containsExactly(WhatCase.CREATED, WhatCase.TRANSFERRED, WhatCase.TRANSFERRED, WhatCase.LEFT);
    }

    @Test
    void aDissolvedGroupStaysAsItIs() {
        var group = world.group("alice", "bob");
        assertThat(world.refusal("bob", group, GroupFoundingTest::dissolve)).isEqualTo(ErrorCode.FORBIDDEN);

        assertThat(world.call("alice", group, GroupFoundingTest::dissolve)
                        .getGroup()
                        .getDissolved())
                .isTrue();

        assertThat(world.call("alice", group, GroupFoundingTest::dissolve).getGroup())
                .as("the same again")
                .isEqualTo(world.call("alice", group, GroupFoundingTest::get).getGroup());
        assertThat(world.refusal("bob", group, GroupFoundingTest::dissolve)).isEqualTo(ErrorCode.FORBIDDEN);
        world.people("carol");
        assertThat(world.refusal(
                        BUSINESS_SYSTEM,
                        group,
                        request -> request.setAdd(AddMembers.newBuilder().addUserIds("carol"))))
                .isEqualTo(ErrorCode.GROUP_DISSOLVED);
        assertThat(world.call("bob", group, GroupFoundingTest::get).getGroup().getDissolved())
                .isTrue();
        assertThat(world.whatHappened(group)).containsExactly(WhatCase.CREATED, WhatCase.DISSOLVED);
    }

    @Test
    void whatWasDoneBeforeAGroupWasDissolvedIsDoneAndNothingElseIs() {
        var group = world.group("alice", "bob", "carol");
        Consumer<GroupRequest.Builder> leave = request -> request.setLeave(LeaveGroup.getDefaultInstance());
        Consumer<GroupRequest.Builder> mute =
                request -> request.setChange(GroupChanged.newBuilder().setMuted(true));
        world.call("bob", group, leave);
        world.call("alice", group, mute);
        world.call("alice", group, GroupFoundingTest::dissolve);

        world.call("bob", group, leave);
        world.call("alice", group, mute);
        assertThat(world.refusal("carol", group, leave)).isEqualTo(ErrorCode.GROUP_DISSOLVED);
        assertThat(world.refusal(
                        "alice",
                        group,
                        request -> request.setChange(GroupChanged.newBuilder().setMuted(false))))
                .isEqualTo(ErrorCode.GROUP_DISSOLVED);
        assertThat(world.refusal("alice", group, request -> request.setMakeLink(MakeLink.getDefaultInstance())))
                .isEqualTo(ErrorCode.GROUP_DISSOLVED);
        world.people("dave");
        assertThat(world.refusal("dave", group, request -> request.setJoin(JoinGroup.getDefaultInstance())))
                .isEqualTo(ErrorCode.GROUP_DISSOLVED);
        assertThat(world.members(group)).contains("carol");
        assertThat(world.whatHappened(group)).endsWith(WhatCase.LEFT, WhatCase.CHANGED, WhatCase.DISSOLVED);
    }

    @Test
    void aUserSeesHisGroupsAndTheirMembersInPages() {
        var groups = List.of(world.group("alice", "bob"), world.group("alice"), world.group("alice"));
        var page = world.call(
                        "alice",
                        "",
                        request -> request.setList(ListGroups.newBuilder().setLimit(2)))
                .getGroups();
        assertThat(page.getMore()).isTrue();
        assertThat(page.getGroupsList())
                .hasSize(2)
                .allMatch(group -> group.getSelf().getRole() == GroupRole.OWNER);
        var rest = world.call(
                        "alice",
                        "",
                        request -> request.setList(ListGroups.newBuilder()
                                .setAfter(page.getGroups(1).getGroupId())))
                .getGroups();
        assertThat(rest.getMore()).isFalse();
        assertThat(rest.getGroupsList()).hasSize(1);

        var members = world.call(
                        "bob",
                        groups.getFirst(),
                        request -> request.setMembers(ListMembers.newBuilder().setLimit(1)))
                .getMembers();
        assertThat(members.getMore()).isTrue();
        assertThat(members.getMembersList()).extracting(GroupMember::getUserId).containsExactly("alice");
        assertThat(world.refusal(
                        "bob", groups.getLast(), request -> request.setMembers(ListMembers.getDefaultInstance())))
                .isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
    }

    private void create(String owner, String... members) {
        world.call(
                owner,
                "",
                request -> request.setCreate(
                        CreateGroup.newBuilder().setName("friends").addAllMemberIds(List.of(members))));
    }

    private static Consumer<GroupRequest.Builder> passingTo(String userId) {
        return request -> request.setTransfer(Transfer.newBuilder().setUserId(userId));
    }

    private static void get(GroupRequest.Builder request) {
        request.setGet(GetGroup.getDefaultInstance());
    }

    private static void dissolve(GroupRequest.Builder request) {
        request.setDissolve(Dissolve.getDefaultInstance());
    }
}
