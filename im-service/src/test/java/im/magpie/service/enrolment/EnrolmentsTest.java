package im.magpie.service.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.AmongCall;
import im.magpie.common.rpc.EnrolCall;
import im.magpie.common.rpc.GroupConversation;
import im.magpie.common.rpc.GroupState;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;
import im.magpie.service.testing.GroupRows;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestTimelines;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnrolmentsTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final GroupKey GROUP = new GroupKey("app", "here");
    private static final GroupConversation NAME = GroupConversation.newBuilder()
            .setAppId("app")
            .setConversationId("group_here")
            .build();

    private final TestTimelines timelines = new TestTimelines(redis, (_, _) -> {});
    private final NodesWithMembers nodes = new NodesWithMembers(timelines.scripts(), TestTimelines.PARTITIONS);
    private final Enrolments enrolments =
            new Enrolments(nodes, timelines.log(), TestGroups.in(database).rosters());

    private GroupState enrol() {
        return enrolments
                .enrol(EnrolCall.newBuilder()
                        .setIncarnation("a")
                        .setLeaseMs(60_000)
                        .addGroups(NAME)
                        .build())
                .getFirst();
    }

    @Test
    void whoEnrolsIsPushedToAndHearsHowFarTheGroupIs() {
        timelines.settle(timelines.accept(GROUP.conversation(), 3));
        timelines.accept(GROUP.conversation(), 1);

        assertThat(enrol().getNewestSequence()).isEqualTo(3);
        assertThat(nodes.of(Set.of(GROUP.conversation()))).containsEntry(GROUP.conversation(), List.of("a"));
    }

    @Test
    void afterALossOfRedisTheStoreSaysHowFarTheGroupIs() {
        var messages = timelines.accept(GROUP.conversation(), 3);
        timelines.settle(messages);
        timelines.commit(messages);
        redis.flush();

        assertThat(enrol().getNewestSequence()).isEqualTo(3);
        assertThat(nodes.of(Set.of(GROUP.conversation()))).containsEntry(GROUP.conversation(), List.of("a"));
    }

    @Test
    void aGroupThatNothingHasHappenedInIsToldByIndexes() {
        assertThat(enrol()).isEqualTo(GroupState.newBuilder().setIndexed(true).build());
    }

    @Test
    void itIsKnownOfEachVersionWhoWasAMember() {
        var rows = new GroupRows(database, GROUP);
        rows.change(Reach.PUSHED, List.of("alice", "bob"), List.of());
        rows.change(Reach.PUSHED, List.of("carol"), List.of("bob"));
        rows.change(Reach.PUSHED, List.of("bob"), List.of());

        assertThat(among(1)).containsExactlyInAnyOrder("alice", "bob");
        assertThat(among(2)).containsExactlyInAnyOrder("alice", "carol");
        assertThat(among(3)).containsExactlyInAnyOrder("alice", "bob", "carol");
    }

    private List<String> among(long version) {
        return enrolments.among(AmongCall.newBuilder()
                .setGroup(NAME)
                .setVersion(version)
                .addAllUserIds(List.of("alice", "bob", "carol", "dave"))
                .build());
    }

    @Test
    void nobodyGuessesWhileTheDatabaseIsAway() {
        database.stoppedDuring(() -> assertThatThrownBy(() -> among(1)).isInstanceOf(MagpieException.class));
    }
}
