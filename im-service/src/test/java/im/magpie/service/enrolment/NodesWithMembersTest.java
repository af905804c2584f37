package im.magpie.service.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodesWithMembersTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final ConversationKey HERE = new ConversationKey("app", "group_here");
    private static final ConversationKey THERE = new ConversationKey("app", "group_there");
    private static final Duration LONG = Duration.ofMinutes(1);

    private NodesWithMembers nodes;

    @BeforeEach
    void start() {
        var scripts = new PartitionScripts(redis.scripts(), TestEpochs.over(redis.scripts(), new MemoryStore()));
        nodes = new NodesWithMembers(scripts, new Partitions(4, 1, 4));
    }

    private List<String> of(ConversationKey group) {
        return nodes.of(Set.of(group)).getOrDefault(group, List.of()).stream()
                .sorted()
                .toList();
    }

    @Test
    void aNodeIsThereForTheGroupsThatItHasNamed() {
        nodes.enrol("a", LONG, List.of(HERE, THERE));
        nodes.enrol("b", LONG, List.of(THERE));

        assertThat(nodes.of(List.of(HERE, THERE)).keySet()).containsExactlyInAnyOrder(HERE, THERE);
        assertThat(of(HERE)).containsExactly("a");
        assertThat(of(THERE)).containsExactly("a", "b");
        assertThat(of(new ConversationKey("other", "group_here"))).isEmpty();
    }

    @Test
    void aLeaseEndsUnlessItIsRenewed() {
        nodes.enrol("gone", Duration.ofMillis(1), List.of(HERE));
        nodes.enrol("stays", Duration.ofMillis(1), List.of(HERE));
        nodes.enrol("stays", LONG, List.of(HERE));

        await().until(() -> of(HERE).equals(List.of("stays")));
    }

    @Test
    void whatNobodyRenewsLeavesRedis() {
        nodes.enrol("gone", Duration.ofMillis(1), List.of(HERE));

        await().until(() -> redis.client().getKeys().getKeysStream().noneMatch(key -> key.contains("nodes:")));
    }

    @Test
    void aLossOfRedisForgetsAllUntilTheySaySoAgain() {
        nodes.enrol("a", LONG, List.of(HERE));
        redis.flush();
        assertThat(of(HERE)).isEmpty();

        nodes.enrol("a", LONG, List.of(HERE));

        assertThat(of(HERE)).containsExactly("a");
    }

    @Test
    void aNodeMayHaveManyGroups() {
        var groups = IntStream.range(0, 3_000)
                .mapToObj(i -> new ConversationKey("app", "group_" + i))
                .toList();

        nodes.enrol("a", LONG, groups);

        assertThat(nodes.of(groups).values()).hasSize(3_000).allMatch(List.of("a")::equals);
    }
}
