package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.key;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.membership.Extent;
import im.magpie.service.pipeline.Outcome;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events get their places once and in their order, whoever appends them and whatever goes away in between. */
class GroupTimelineTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final GroupWorld world =
            new GroupWorld(redis, database, GroupWorld.settings(100, 9, 50, 60), Duration.ofSeconds(3));

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whatWasCommittedAndLeftIsAppendedByWhoeverComesNext() {
        var group = world.group("alice", "bob");
        commitAndDie(group, "one");
        commitAndDie(group, "two");
        assertThat(world.events(group)).hasSize(1);

        world.people("carol");
        world.add("alice", group, "carol");

        assertThat(versions(group)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(world.tables.changes().unappended(key(group), 10)).isEmpty();
    }

    @Test
    void orByTheSweep() {
        var group = world.group("alice", "bob");
        commitAndDie(group, "one");
        var sweep = new GroupSweep(
                world.tables.changes(), world.timeline, () -> redis.scripts().timeMillis() + 60_000);

        sweep.sweep();

        assertThat(versions(group)).containsExactly(1L, 2L);
    }

    @Test
    void whichGoesOnBehindGroupsWhoseEventsCantBeAppended() {
        var group = world.group("alice", "bob");
        commitAndDie(group, "one");
        world.rows.batchUpdate(
                """
                INSERT INTO group_change (app_id, group_id, version, client_message_id, sender_id, content, reach, created_at)
                VALUES ('a', ?, 7, ?, 'alice', '', 0, 0)\
                """,
                IntStream.range(0, 250)
                        .mapToObj(i -> new Object[] {"broken-" + i, i == 0 ? "no id" : "0123456789abcdef"})
                        .toList());

        new GroupSweep(
                        world.tables.changes(),
                        world.timeline,
                        () -> redis.scripts().timeMillis() + 60_000)
                .sweep();

        assertThat(versions(group)).containsExactly(1L, 2L);
    }

    @Test
    void anEventIsAppendedOnceHoweverManyDoIt() {
        var group = world.group("alice", "bob");
        IntStream.range(0, 10).forEach(i -> commitAndDie(group, "name " + i));

        inParallel(IntStream.range(0, 4)
                .<Runnable>mapToObj(_ -> () -> world.timeline.append(key(group)))
                .toList());

        assertThat(versions(group)).containsExactlyElementsOf(numbers(11));
    }

    @Test
    void whoDiesBehindTheAppendLeavesNothingToRepeat() {
        var group = world.group("alice", "bob");
        world.rows.update("UPDATE group_change SET appended_at = NULL");

        world.timeline.append(key(group));

        assertThat(versions(group)).containsExactly(1L);
    }

    @Test
    void operationsThatCrossEachOtherFollowEachOther() {
        var group = world.group("alice", wanted -> wanted.setJoinPolicy(JoinPolicy.OPEN));
        var people = IntStream.range(0, 12).mapToObj(i -> "user-" + i).toList();
        people.forEach(world::people);

        inParallel(people.stream()
                .<Runnable>map(userId ->
                        () -> world.call(userId, group, request -> request.setJoin(JoinGroup.getDefaultInstance())))
                .toList());

        assertThat(versions(group)).containsExactlyElementsOf(numbers(13));
        assertThat(world.members(group)).hasSize(13);
        assertThat(world.now(group).getMemberCount()).isEqualTo(13);
    }

    @Test
    void ofTwoWhoDoTheSameOneDoesIt() {
        var group = world.group("alice", "bob");
        world.people("carol");

        inParallel(List.of(() -> world.add("alice", group, "carol"), () -> world.add("bob", group, "carol")));

        assertThat(world.members(group)).containsExactly("alice", "bob", "carol");
        assertThat(versions(group)).containsExactly(1L, 2L);
    }

    @Test
    void aMessageIsNotAcceptedAgainstAnOlderShape() {
        var group = world.group("alice", "bob");
        var late = world.offer(group, "bob", Contents.text("late"));
        world.call(
                "alice",
                group,
                request -> request.setRemove(RemoveMembers.newBuilder().addUserIds("bob")));

        assertThat(world.world.submission.submit(List.of(late))).containsExactly(new Outcome.CheckAgain());
        assertThat(world.timeline(group)).hasSize(2);
    }

    @Test
    void redisMayBeLostBetweenCommitAndAppend() {
        var group = world.group("alice", "bob");
        world.say(group, "alice");
        commitAndDie(group, "one");
        redis.flush();

        world.people("carol");
        world.add("alice", group, "carol");

        assertThat(versions(group)).containsExactly(1L, 2L, 3L);
        assertThat(world.timeline(group))
                .extracting(message -> message.getSequence())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(extent(group, "carol")).isEqualTo(new Extent(List.of(new Extent.Part(3, Long.MAX_VALUE)), true));
    }

    @Test
    void redisMayBeLostBetweenStoreAndSettle() {
        var group = world.group("alice", "bob");
        world.say(group, "alice");
        removeAndDie(group, "bob");
        storeAndDie(group);
        redis.flush();

        assertThat(extent(group, "bob")).isEqualTo(new Extent(List.of(new Extent.Part(0, 3)), false));
        assertThat(versions(group)).containsExactly(1L, 2L);
    }

    @Test
    void redisMayBeLostAtAnyTime() {
        var group = world.group("alice", "bob");
        for (var i = 0; i < 3; i++) {
            redis.flush();
            world.call("alice", group, changing("name " + world.now(group).getVersion()));
            redis.flush();
            world.say(group, "bob");
        }
        assertThat(versions(group)).containsExactlyElementsOf(numbers(4));
        assertThat(world.timeline(group)).hasSize(7);
    }

    @Test
    void whatIsCommittedAndCantBeAppendedIsRepeatable() {
        var group = world.group("alice", "bob");
        world.world.store.down(true);
        redis.flush();
        assertThat(world.refusal("alice", group, changing("two"))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(world.now(group).getVersion()).isEqualTo(2);

        world.world.store.down(false);
        assertThat(world.call("alice", group, changing("two")).getGroup().getVersion())
                .isEqualTo(2);
        assertThat(versions(group)).containsExactly(1L, 2L);
    }

    /** As a server does that dies before the event has its place. */
    private void commitAndDie(Group group, String name) {
        world.ledger.change(key(group), GroupLedger.Request.of("alice"), draft -> {
            draft.group().setName(name);
            return GroupEvent.newBuilder().setChanged(GroupChanged.newBuilder().setName(name));
        });
    }

    private void removeAndDie(Group group, String userId) {
        world.ledger.change(key(group), GroupLedger.Request.of("alice"), draft -> {
            draft.go(List.of(userId));
            return GroupEvent.newBuilder().setRemoved(MembersWent.newBuilder().addUserIds(userId));
        });
    }

    /** As a server does that dies before it settles what it has accepted and stored. */
    private void storeAndDie(Group group) {
        var event = world.tables.changes().unappended(key(group), 1).getFirst();
        var offer = GroupTimeline.offer(event);
        var accepted = world.world.log.accept(List.of(offer)).getFirst();
        world.world.store.store(offer.toMessage((Acceptance.Accepted) accepted));
    }

    private Extent extent(Group group, String userId) {
        return world.extents.of(
                GroupWorld.member(group, userId),
                world.world.log.head(key(group).conversation()));
    }

    private static Consumer<GroupRequest.Builder> changing(String name) {
        return request -> request.setChange(GroupChanged.newBuilder().setName(name));
    }

    private List<Long> versions(Group group) {
        return world.events(group).stream().map(GroupEvent::getVersion).toList();
    }

    private static List<Long> numbers(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static void inParallel(List<Runnable> operations) {
        var running = new ArrayList<CompletableFuture<Void>>();
        operations.forEach(operation -> running.add(
                CompletableFuture.runAsync(operation, task -> Thread.ofVirtual().start(task))));
        CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
