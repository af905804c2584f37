package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.key;
import static im.magpie.service.group.GroupWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.Dissolve;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent.WhatCase;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.Rename;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who goes for good goes out of all groups. */
class GroupDeparturesTest {

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
    void aGroupPassesToItsEldestAdminOrElseMember() {
        var ruled = world.group("alice", "bob", "carol");
        world.call(
                "alice",
                ruled,
                request -> request.setAppoint(
                        Appoint.newBuilder().setUserId("carol").setRole(GroupRole.ADMIN)));
        var plain = world.group("alice", "dave");
        world.add("alice", plain, "bob");
        var alone = world.group("alice");

        world.departures.leaveAll(user("alice"));

        assertThat(world.now(ruled).getOwnerId()).isEqualTo("carol");
        assertThat(role(ruled, "carol")).isEqualTo(GroupRole.OWNER);
        assertThat(world.members(ruled)).containsExactly("bob", "carol");
        assertThat(world.whatHappened(ruled))
                .containsExactly(WhatCase.CREATED, WhatCase.APPOINTED, WhatCase.TRANSFERRED, WhatCase.LEFT);
        assertThat(world.now(plain).getOwnerId()).isEqualTo("dave");
        assertThat(world.now(alone).getDissolved()).isTrue();
        assertThat(world.whatHappened(alone)).containsExactly(WhatCase.CREATED, WhatCase.DISSOLVED);
    }

    @Test
    void whoIsDisabledComesLast() {
        var group = world.group("alice", "bob");
        world.people("carol");
        world.add("alice", group, "carol");
        world.users.disable(user("bob"));

        world.departures.leaveAll(user("alice"));

        assertThat(world.now(group).getOwnerId()).isEqualTo("carol");
    }

    @Test
    void nothingOfHisIsLeft() {
        var group = world.group("alice", "bob");
        var asked = world.group("alice");
        var dissolved = world.group("alice", "bob");
        world.call(
                "bob", group, request -> request.setRename(Rename.newBuilder().setNickname("bobby")));
        world.call(
                "bob", asked, request -> request.setJoin(JoinGroup.newBuilder().setMessage("it's me")));
        world.call("alice", dissolved, request -> request.setDissolve(Dissolve.getDefaultInstance()));

        world.departures.leaveAll(user("bob"));
        world.departures.leaveAll(user("bob"));

        assertThat(world.members(group)).containsExactly("alice");
        assertThat(world.tables.requests().count(key(asked))).isZero();
        assertThat(world.rows.queryForObject("SELECT COUNT(*) FROM group_member WHERE nickname <> ''", Long.class))
                .isZero();
        assertThat(world.whatHappened(group)).containsExactly(WhatCase.CREATED, WhatCase.RENAMED, WhatCase.LEFT);
    }

    private GroupRole role(Group group, String userId) {
        return Objects.requireNonNull(world.tables.members().find(key(group), userId))
                .rank();
    }
}
