package im.magpie.service.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupEvent.WhatCase;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.codec.protocol.Transfer;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request that was not answered is sent again, after others have done something. */
class GroupRepeatsTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final Consumer<GroupRequest.Builder> BOB_GOES =
            request -> request.setRemove(RemoveMembers.newBuilder().addUserIds("bob"));

    private final GroupWorld world = new GroupWorld(redis, database, GroupWorld.SMALL);

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whatARequestHasChangedItDoesNotChangeAgain() {
        var group = world.group("alice", "bob", "carol");
        var id = id();
        world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));
        world.add("carol", group, "bob");

        world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));

        assertThat(world.members(group)).containsExactly("alice", "bob", "carol");
        assertThat(world.events(group))
                .extracting(GroupEvent::getRequestId)
                .containsExactly(ByteString.EMPTY, id, ByteString.EMPTY);
    }

    @Test
    void norWhenItsUserHasLostTheRightToIt() {
        var group = world.group("alice", "bob");
        var id = id();
        world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));
        world.add("alice", group, "bob");
        world.call(
                "alice",
                group,
                request -> request.setTransfer(Transfer.newBuilder().setUserId("bob")));

        var answer = world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));

        assertThat(answer.getGroup().getOwnerId()).isEqualTo("bob");
        assertThat(world.members(group)).containsExactly("alice", "bob");
    }

    @Test
    void whatItDidNotChangeItMayChangeLater() {
        var group = world.group("alice", "carol");
        world.people("bob");
        var id = id();
        world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));
        world.add("carol", group, "bob");

        world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));

        assertThat(world.members(group)).containsExactly("alice", "carol");
    }

    @Test
    void eachUserHasIdsOfHisOwn() {
        var group = world.group("alice", "bob");
        world.people("carol");
        var id = id();
        world.call(
                "bob",
                group,
                request ->
                        request.setRequestId(id).setAdd(AddMembers.newBuilder().addUserIds("carol")));

        world.call("alice", group, BOB_GOES.andThen(request -> request.setRequestId(id)));

        assertThat(world.whatHappened(group)).containsExactly(WhatCase.CREATED, WhatCase.ADDED, WhatCase.REMOVED);
    }

    @Test
    void aGroupIsMadeOnceThoughItIsSomebodyElsesNow() {
        world.people("alice", "bob");
        var wanted = CreateGroup.newBuilder().setName("friends").addMemberIds("bob");
        var id = id();
        var group = world.call(
                        "alice", "mine", request -> request.setRequestId(id).setCreate(wanted))
                .getGroup();
        world.call(
                "alice",
                group,
                request -> request.setTransfer(Transfer.newBuilder().setUserId("bob")));

        var again = world.call(
                        "alice", "mine", request -> request.setRequestId(id).setCreate(wanted))
                .getGroup();

        assertThat(again.getOwnerId()).isEqualTo("bob");
        assertThat(world.refusal(
                        "alice", group, request -> request.setRequestId(id()).setCreate(wanted)))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void anIdHas16Bytes() {
        var group = world.group("alice", "bob");
        assertThat(world.refusal(
                        "alice",
                        group,
                        BOB_GOES.andThen(request -> request.setRequestId(ByteString.copyFromUtf8("short")))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private static ByteString id() {
        return ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis)));
    }
}
