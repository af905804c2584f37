package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.epoch.Partition;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByPartitionTest {

    private final ByPartition byPartition = new ByPartition(Executors.newVirtualThreadPerTaskExecutor());

    private static Partition partitionOf(int entry) {
        return Partition.ofConversations(entry % 7);
    }

    @Test
    void answersInTheOrderOfTheCall() {
        var entries = IntStream.range(0, 100).boxed().toList();
        List<String> answers = byPartition.ask(entries, ByPartitionTest::partitionOf, (partition, group) -> {
            assertThat(group)
                    .allMatch(entry -> partitionOf(entry).equals(partition))
                    .isSorted();
            return group.stream().map(String::valueOf).toList();
        });
        assertThat(answers).isEqualTo(entries.stream().map(String::valueOf).toList());
    }

    @Test
    void nothingToAskIsNothingToAnswer() {
        assertThat(byPartition.<Integer, String>ask(List.of(), ByPartitionTest::partitionOf, (_, _) -> List.of("a")))
                .isEmpty();
    }

    @Test
    void throwsWhatAPartitionThrew() {
        var failure = new MagpieException(ErrorCode.UNAVAILABLE, "gone");
        assertThatThrownBy(() -> byPartition.ask(List.of(1, 2, 3), ByPartitionTest::partitionOf, (partition, group) -> {
                    if (partition.number() == 2) {
                        throw failure;
                    }
                    return group;
                }))
                .isSameAs(failure);
    }
}
