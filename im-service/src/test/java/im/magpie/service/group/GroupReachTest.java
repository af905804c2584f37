package im.magpie.service.group;

import static im.magpie.service.group.GroupWorld.key;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.service.index.IndexPage;
import im.magpie.service.membership.Reach;
import im.magpie.service.membership.UserGroups;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Groups cross the bounds of their reaches, in both directions. */
class GroupReachTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final GroupWorld world = new GroupWorld(redis, database, GroupWorld.settings(100, 9, 10, 20));
    private final UserGroups userGroups = TestGroups.in(database).userGroups();

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void aGroupThatGrowsCrossesAtTheBoundAndOneThatShrinksBelowIt() {
        var people =
                IntStream.range(0, 22).mapToObj(i -> "user-%02d".formatted(i)).toList();
        world.people(people.toArray(String[]::new));
        var group = world.group("user-00", people.subList(1, 10).toArray(String[]::new));
        assertThat(reach(group)).isEqualTo(Reach.INDEXED);
        add(group, people.subList(10, 11));
        assertThat(reach(group)).isEqualTo(Reach.PUSHED);
        add(group, people.subList(11, 20));
        assertThat(reach(group)).isEqualTo(Reach.PUSHED);
        add(group, people.subList(20, 21));
        assertThat(reach(group)).isEqualTo(Reach.NOTICED);

        remove(group, people.subList(19, 21));
        assertThat(reach(group)).isEqualTo(Reach.NOTICED);
        remove(group, people.subList(18, 19));
        assertThat(reach(group)).isEqualTo(Reach.PUSHED);
        remove(group, people.subList(10, 18));
        assertThat(reach(group)).isEqualTo(Reach.PUSHED);
        remove(group, people.subList(9, 10));
        assertThat(reach(group)).isEqualTo(Reach.INDEXED);
        add(group, people.subList(9, 10));
        assertThat(reach(group)).isEqualTo(Reach.INDEXED);
    }

    @Test
    void aGroupThatBeginsLargeIsSo() {
        var people =
                IntStream.range(0, 20).mapToObj(i -> "user-%02d".formatted(i)).toList();
        var group = world.group("zoe", people.toArray(String[]::new));
        assertThat(reach(group)).isEqualTo(Reach.NOTICED);
        assertThat(page("user-07", IndexVersion.getDefaultInstance()).conversations())
                .containsExactly(group.getConversationId());
    }

    @Test
    void newBoundsCountFromTheNextEventOn() {
        var group = world.group("alice", "bob", "carol");
        world.settings = GroupWorld.settings(100, 9, 2, 20);
        assertThat(reach(group)).isEqualTo(Reach.INDEXED);
        world.people("dave");
        world.add("alice", group, "dave");
        assertThat(reach(group)).isEqualTo(Reach.PUSHED);
    }

    @Test
    void whatWasSaidWhileNobodysIndexWasRaisedIsThereWhenItIsAgain() {
        var people =
                IntStream.range(0, 11).mapToObj(i -> "user-%02d".formatted(i)).toList();
        world.people(people.toArray(String[]::new));
        var group = world.group("user-00", people.subList(1, 11).toArray(String[]::new));
        assertThat(reach(group)).isEqualTo(Reach.PUSHED);
        var before = page("user-05", IndexVersion.getDefaultInstance()).version();
        world.say(group, "user-01");
        assertThat(page("user-05", before).conversations()).isEmpty();
        assertThat(unindexed("user-05", before)).containsExactly(group.getConversationId());

        remove(group, people.subList(9, 11));

        assertThat(reach(group)).isEqualTo(Reach.INDEXED);
        assertThat(unindexed("user-05", before)).isEmpty();
        assertThat(page("user-05", before).conversations()).containsExactly(group.getConversationId());
        var then = page("user-05", before).version();
        world.say(group, "user-01");
        assertThat(page("user-05", then).conversations()).containsExactly(group.getConversationId());
    }

    private Reach reach(Group group) {
        return Reach.of(
                Objects.requireNonNull(world.tables.groups().find(key(group))).reach());
    }

    private List<String> unindexed(String userId, IndexVersion since) {
        var page = page(userId, since);
        return userGroups.of(GroupWorld.user(userId), page.version(), page.moved()).groups().stream()
                .map(UserGroups.Stay::conversationId)
                .toList();
    }

    private IndexPage page(String userId, IndexVersion since) {
        return world.world.indexes.page(GroupWorld.user(userId), since, 10);
    }

    private void add(Group group, List<String> userIds) {
        world.add("user-00", group, userIds.toArray(String[]::new));
    }

    private void remove(Group group, List<String> userIds) {
        world.call(
                "user-00",
                group,
                request -> request.setRemove(RemoveMembers.newBuilder().addAllUserIds(userIds)));
    }
}
