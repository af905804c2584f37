package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.BUSINESS_SYSTEM;
import static im.magpie.service.group.GroupWorld.key;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.ListReaders;
import im.magpie.codec.protocol.Readers;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has read a message, by how far members have read. */
class GroupReadersTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final GroupWorld world = new GroupWorld(redis, database, GroupWorld.settings(10, 9, 2, 3));

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whoHasReadUpToAMessageHasReadItAndItsSenderHas() {
        var group = world.group("alice", "bob", "carol");
        var first = world.say(group, "alice");
        var second = world.say(group, "bob");
        assertThat(readers(group, "carol", first)).isEqualTo(readers(List.of("alice"), List.of("bob", "carol")));

        reads(group, "carol", first);
        reads(group, "alice", second);

        assertThat(readers(group, "alice", first)).isEqualTo(readers(List.of("alice", "carol"), List.of("bob")));
        assertThat(readers(group, BUSINESS_SYSTEM, second))
                .isEqualTo(readers(List.of("alice", "bob"), List.of("carol")));
    }

    @Test
    void ofThoseWhoWereThere() {
        var group = world.group("alice", wanted -> wanted.setOpenHistory(true), "bob", "carol");
        var first = world.say(group, "alice");
        world.call("carol", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        world.people("dave");
        world.add("alice", group, "dave");
        var second = world.say(group, "alice");

        // Dave reads the first one, and was not there.
        assertThat(readers(group, "dave", first)).isEqualTo(readers(List.of("alice"), List.of("bob", "carol")));
        assertThat(readers(group, "dave", second)).isEqualTo(readers(List.of("alice"), List.of("bob", "dave")));
    }

    @Test
    void nobodyAsksAboutWhatHeMayNotRead() {
        var group = world.group("alice", "bob");
        var first = world.say(group, "alice");
        world.people("carol", "eve");
        world.add("alice", group, "carol");
        var second = world.say(group, "alice");
        world.call("bob", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        var third = world.say(group, "alice");

        assertThat(world.refusal("carol", group, asking(first))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(readers(group, "carol", second).getUnreadList()).containsExactly("bob", "carol");
        assertThat(readers(group, "bob", second).getUnreadList()).containsExactly("bob", "carol");
        assertThat(world.refusal("bob", group, asking(third))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("eve", group, asking(second))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
    }

    @Test
    void whatIsNoMessageHasNoReaders() {
        var group = world.group("alice", "bob");
        var message = world.say(group, "alice");
        var change = world.say(group, "bob", Contents.reaction(message, "👍", false));

        assertThat(world.refusal("alice", group, asking(1))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("alice", group, asking(change))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("alice", group, asking(change + 1))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.refusal("alice", group, asking(0))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("alice", group, asking(-1))).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void inGroupsUpToABound() {
        var group = world.group("alice", "a", "b", "c", "d");
        var message = world.say(group, "alice");
        assertThat(readers(group, "alice", message).getUnreadCount()).isEqualTo(4);

        world.people("e");
        world.add("alice", group, "e");
        var more = world.say(group, "alice");

        assertThat(readers(group, "alice", message).getUnreadCount()).isEqualTo(4);
        assertThat(world.refusal("alice", group, asking(more))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    private void reads(Group group, String userId, long sequence) {
        world.world.watermarks.begin(
                List.of(GroupWorld.member(group, userId)),
                sequence,
                world.world.log.ordinalAt(key(group).conversation(), sequence));
    }

    private Readers readers(Group group, String by, long sequence) {
        return world.call(by, group, asking(sequence)).getReaders();
    }

    private static Readers readers(List<String> read, List<String> unread) {
        return Readers.newBuilder().addAllRead(read).addAllUnread(unread).build();
    }

    private static Consumer<GroupRequest.Builder> asking(long sequence) {
        return request -> request.setReaders(ListReaders.newBuilder().setSequence(sequence));
    }
}
