package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.PushItem;
import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.enrolment.NodesWithMembers;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;
import im.magpie.service.testing.GroupRows;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;

class LargeGroupTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final GroupKey GROUP = new GroupKey("app", "large");

    private static final int MESSAGES = 20;
    private static final Set<String> COUNTED = Set.of("Com_select", "Com_insert", "Com_update", "Com_delete");

    private World world;
    private NodesWithMembers nodes;
    private GroupRows rows;

    @BeforeEach
    void world() {
        world = new World(
                redis.client(), new SubmitProperties(World.LONG, World.LONG, 2, 32_768), TestGroups.in(database));
        nodes = new NodesWithMembers(world.scripts, new Partitions(1, 1, 1));
        rows = new GroupRows(database, GROUP);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    /** Makes the group's next version, by an event by which nobody comes or goes. */
    private void version(Reach reach) {
        version(reach, List.of());
    }

    /** The same, by an event that does not tell of those who come. */
    private void version(Reach reach, List<String> come) {
        assertThat(world.submit(event(reach, come))).isInstanceOf(Outcome.Settled.class);
    }

    private Offer event(Reach reach, List<String> come) {
        var version = rows.change(reach, come, List.of());
        var event = GroupEvent.newBuilder()
                .setVersion(version)
                .setChanged(GroupChanged.newBuilder().setName("large"));
        return offer(MessageContent.newBuilder().setGroupEvent(event).build(), version, Admission.EVENT);
    }

    private static Offer offer(MessageContent content, long version, Admission admission) {
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis)));
        return new Offer(
                new MessageKey(GROUP.conversation(), "alice", id),
                content.toByteString(),
                version,
                World.ALICES_PHONE,
                admission);
    }

    private void submit(MessageContent content, long version, Admission admission) {
        assertThat(world.submit(offer(content, version, admission))).isInstanceOf(Outcome.Settled.class);
    }

    private void say(long version) {
        submit(Contents.text("hello"), version, Admission.BOUNDED);
    }

    private PushItem pushedToB() throws Exception {
        var items = world.pushed("node-b");
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    @Test
    void aMessageWaitsForTheEventInFrontOfIt() throws Exception {
        version(Reach.PUSHED);
        world.cutStoreQueue();
        var event = world.submitting(event(Reach.PUSHED, List.of()));
        await().until(() -> world.pending().size() == 1);

        var offer = offer(Contents.text("hello"), 2, Admission.BOUNDED);
        assertThat(world.log.accept(List.of(offer))).containsExactly(new Acceptance.BehindEvent());
        assertThat(world.pending().size()).isEqualTo(1);
        var message = world.submitting(offer);
        world.openStoreQueue();

        assertThat(event.get()).isInstanceOf(Outcome.Settled.class);
        assertThat(message.get())
                .isInstanceOfSatisfying(
                        Outcome.Settled.class,
                        settled -> assertThat(settled.sequence()).isEqualTo(3));
    }

    @Test
    void eachNodeWithMembersGetsOnePacketOfAMessage() throws Exception {
        version(Reach.PUSHED);
        nodes.enrol("node-b", Duration.ofMinutes(1), List.of(GROUP.conversation()));

        say(1);

        var item = pushedToB();
        assertThat(item.getConnectionIdsList()).isEmpty();
        assertThat(item.getSequence()).isEqualTo(2);
        assertThat(item.getMembers().getAppId()).isEqualTo("app");
        assertThat(item.getMembers().getVersion()).isEqualTo(1);
        assertThat(item.getMembers().getEvent()).isFalse();
        assertThat(world.pushesWaiting("node-a")).isZero();
    }

    @Test
    void theNodesOfALargerGroupAreOnlyToldThatThereIsSomething() throws Exception {
        version(Reach.NOTICED);
        nodes.enrol("node-b", Duration.ofMinutes(1), List.of(GROUP.conversation()));

        say(1);

        var item = pushedToB();
        assertThat(item.getCommand()).isEqualTo(Command.NOTICE_VALUE);
        assertThat(item.getBody()).isEmpty();
    }

    /** Whatever its size: nothing is written, read or asked for by the member. */
    @Test
    void aMessageToThousandsTakesHardlyMoreOfRedisThanAPrivateOne() {
        version(
                Reach.NOTICED,
                IntStream.range(0, 3_000).mapToObj(i -> "member-" + i).toList());
        nodes.enrol("node-a", Duration.ofMinutes(1), List.of(GROUP.conversation()));
        nodes.enrol("node-b", Duration.ofMinutes(1), List.of(GROUP.conversation()));

        var ofGroup = spentBy(() -> say(1));
        var ofTwo = spentBy(() -> world.submit(world.offer()));

        assertThat(ofGroup.redisCommands()).isPositive().isLessThanOrEqualTo(ofTwo.redisCommands() + MESSAGES);
        assertThat(ofGroup.statements()).isZero();
    }

    /** What some messages take, behind a first one by which everything is known. */
    private static Spent spentBy(Runnable message) {
        message.run();
        var before = Spent.now();
        for (var i = 0; i < MESSAGES; i++) {
            message.run();
        }
        return Spent.now().since(before);
    }

    /**
     * What servers have done.
     *
     * @param redisCommands those of scripts among them
     */
    private record Spent(long redisCommands, long statements) {

        static Spent now() {
            var stats = redis.client()
                    .getRedisNodes(RedisNodes.SINGLE)
                    .getInstance()
                    .info(RedisNode.InfoSection.COMMANDSTATS);
            var calls = stats.values().stream()
                    .mapToLong(stat -> Long.parseLong(stat.substring(stat.indexOf('=') + 1, stat.indexOf(','))))
                    .sum();
            try (var connection = database.dataSource().getConnection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_%'")) {
                var statements = 0L;
                while (rows.next()) {
                    var counts = COUNTED.contains(rows.getString(1));
                    statements += counts ? rows.getLong(2) : 0;
                }
                return new Spent(calls, statements);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        Spent since(Spent earlier) {
            return new Spent(redisCommands - earlier.redisCommands, statements - earlier.statements);
        }
    }

    @Test
    void anEventSaysThatItIsOneSoThatNodesFollow() throws Exception {
        version(Reach.PUSHED);
        nodes.enrol("node-b", Duration.ofMinutes(1), List.of(GROUP.conversation()));

        version(Reach.PUSHED);

        var item = pushedToB();
        assertThat(item.getMembers().getEvent()).isTrue();
        assertThat(item.getMembers().getVersion()).isEqualTo(2);
    }

    @Test
    void whoHasLostItsPlaceInRedisHearsHowFarTheGroupIsWhenItEnrolsAgain() {
        version(Reach.PUSHED);
        nodes.enrol("node-b", Duration.ofMinutes(1), List.of(GROUP.conversation()));
        redis.flush();

        version(Reach.PUSHED);
        say(2);

        assertThat(world.pushesWaiting("node-b")).isZero();
        assertThat(world.log.head(GROUP.conversation()).sequence()).isPositive();
    }
}
