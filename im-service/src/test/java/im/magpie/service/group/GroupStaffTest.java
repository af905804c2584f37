package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.BUSINESS_SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent.WhatCase;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.MuteMember;
import im.magpie.codec.protocol.Rename;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done to single members. */
class GroupStaffTest {

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
    void theOwnerAppointsAdmins() {
        var group = world.group("alice", "bob", "carol");
        assertThat(world.refusal("bob", group, appoint("bob", GroupRole.ADMIN))).isEqualTo(ErrorCode.FORBIDDEN);
        world.call("alice", group, appoint("bob", GroupRole.ADMIN));
        assertThat(world.refusal("bob", group, appoint("carol", GroupRole.ADMIN)))
                .isEqualTo(ErrorCode.FORBIDDEN);

        world.call("alice", group, appoint("bob", GroupRole.ADMIN));
        assertThat(member(group, "bob").rank()).isEqualTo(GroupRole.ADMIN);
        assertThat(world.whatHappened(group)).containsExactly(WhatCase.CREATED, WhatCase.APPOINTED);
        world.call(BUSINESS_SYSTEM, group, appoint("bob", GroupRole.MEMBER));
        assertThat(member(group, "bob").rank()).isEqualTo(GroupRole.MEMBER);
    }

    @Test
    void thereIsOneOwner() {
        var group = world.group("alice", "bob");
        assertThat(world.refusal("alice", group, appoint("bob", GroupRole.OWNER)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("alice", group, appoint("alice", GroupRole.MEMBER)))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("alice", group, appoint("eve", GroupRole.ADMIN)))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void adminsMuteWhoIsOfALowerRank() {
        var group = world.group("alice", "bob", "carol");
        world.call("alice", group, appoint("bob", GroupRole.ADMIN));

        assertThat(world.refusal("carol", group, mute("bob", 60))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("bob", group, mute("alice", 60))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("bob", group, mute("carol", -1))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("bob", group, mute("eve", 60))).isEqualTo(ErrorCode.NOT_FOUND);
        world.call("bob", group, mute("carol", 60));
        assertThat(member(group, "carol").mutedUntil() - redis.scripts().timeMillis())
                .isBetween(50_000L, 60_000L);
        assertThat(world.events(group).getLast().getMuted().getMembers(0).getUserId())
                .isEqualTo("carol");

        world.call("bob", group, mute("carol", 0));
        world.call("bob", group, mute("carol", 0));
        assertThat(member(group, "carol").mutedUntil()).isZero();
        assertThat(world.events(group)).hasSize(4);
    }

    @Test
    void whoIsMutedForAsLongStaysAsHeIs() {
        var group = world.group("alice", "bob");
        world.call("alice", group, mute("bob", 600));
        var until = member(group, "bob").mutedUntil();

        world.later = Duration.ofSeconds(50);
        world.call("alice", group, mute("bob", 600));
        assertThat(member(group, "bob").mutedUntil()).isEqualTo(until);
        assertThat(world.refusal("bob", group, mute("bob", 600))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.events(group)).hasSize(2);

        world.later = Duration.ofSeconds(70);
        world.call("alice", group, mute("bob", 600));
        assertThat(member(group, "bob").mutedUntil()).isGreaterThan(until);
        world.call("alice", group, mute("bob", 60));
        assertThat(member(group, "bob").mutedUntil()).as("a shorter time").isLessThan(until);
        world.later = Duration.ofSeconds(110);
        world.call("alice", group, mute("bob", 60));
        assertThat(world.events(group)).as("most of a short time is over").hasSize(5);
    }

    @Test
    void whoComesBackIsNothingThatHeWas() {
        var group = world.group("alice", "bob");
        world.call("alice", group, appoint("bob", GroupRole.ADMIN));
        world.call("alice", group, rename("bob", "bobby"));
        world.call("bob", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        world.add("alice", group, "bob");

        assertThat(member(group, "bob").rank()).isEqualTo(GroupRole.MEMBER);
        assertThat(member(group, "bob").nickname()).isEmpty();
    }

    @Test
    void everybodySaysWhatHeIsCalledAndAdminsSayItOfOthers() {
        var group = world.group("alice", "bob", "carol");
        world.call("bob", group, rename("", "bobby"));
        assertThat(member(group, "bob").nickname()).isEqualTo("bobby");
        assertThat(world.refusal("bob", group, rename("carol", "c"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("bob", group, rename("bob", "b".repeat(65)))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal(BUSINESS_SYSTEM, group, rename("", "c"))).isEqualTo(ErrorCode.INVALID_REQUEST);

        world.call("alice", group, rename("bob", ""));
        world.call("alice", group, rename("bob", ""));
        assertThat(member(group, "bob").nickname()).isEmpty();
        assertThat(world.events(group)).hasSize(3);
    }

    private MemberRow member(Group group, String userId) {
        return Objects.requireNonNull(world.tables.members().find(GroupWorld.key(group), userId));
    }

    private static Consumer<GroupRequest.Builder> appoint(String userId, GroupRole role) {
        return request ->
                request.setAppoint(Appoint.newBuilder().setUserId(userId).setRole(role));
    }

    private static Consumer<GroupRequest.Builder> mute(String userId, long seconds) {
        return request ->
                request.setMute(MuteMember.newBuilder().setUserId(userId).setSeconds(seconds));
    }

    private static Consumer<GroupRequest.Builder> rename(String userId, String name) {
        return request ->
                request.setRename(Rename.newBuilder().setUserId(userId).setNickname(name));
    }
}
