package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.PushItem;
import im.magpie.common.partition.Partitions;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LargeGroupTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final GroupKey GROUP = new GroupKey("app", "large");

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
        var version = rows.change(reach, List.of(), List.of());
        var event = GroupEvent.newBuilder()
                .setVersion(version)
                .setChanged(GroupChanged.newBuilder().setName("large"));
        submit(MessageContent.newBuilder().setGroupEvent(event).build(), version, Admission.EVENT);
    }

    private void submit(MessageContent content, long version, Admission admission) {
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis)));
        var offer = new Offer(
                new MessageKey(GROUP.conversation(), "alice", id),
                content.toByteString(),
                version,
                World.ALICES_PHONE,
                admission);
        assertThat(world.submit(offer)).isInstanceOf(Outcome.Settled.class);
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
