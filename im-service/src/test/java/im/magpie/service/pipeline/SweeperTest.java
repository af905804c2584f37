package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweeperTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private World world;

    @BeforeEach
    void world() {
        world = new World(redis.client(), World.SHORT);
        world.head();
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whatWasAcceptedWhileTheBrokerWasAwayIsSettledWithoutItsSender() {
        world.broker.stop();
        assertThat(world.submit(world.offer())).isInstanceOf(Outcome.Pending.class);
        try (var sweeping = new Recurring("sweeper", Duration.ofMillis(20), world.sweeper::sweep)) {
            sweeping.start();

            world.broker.resume();

            await().until(() -> {
                world.makeAllDue();
                return world.pending().isEmpty();
            });
            assertThat(world.head().sequence()).isEqualTo(1);
            await().until(() -> world.rows().size() == 1);
        }
    }

    @Test
    void nothingIsClaimedWhileTheBrokerIsAway() throws Exception {
        world.accepted(world.offer());
        world.makeAllDue();
        world.broker.stop();
        try {
            world.sweeper.sweep();
        } finally {
            world.broker.resume();
        }

        assertThat(world.pending().firstScore()).isZero();
    }

    @Test
    void moreThanABatchIsSettledInOneSweepInTheOrderOfTheNumbers() throws Exception {
        IntStream.range(0, 5).forEach(_ -> world.accepted(world.offer()));
        world.connect("bob", "node-b", 9);
        world.makeAllDue();

        world.sweeper.sweep();

        assertThat(world.head().sequence()).isEqualTo(5);
        await().until(() -> world.pending().isEmpty());
        assertThat(world.pushed("node-b")).isNotEmpty();
        await().until(() -> world.rows().size() == 5);
        assertThat(world.rows()).extracting(AcceptedMessage::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatIsNotDueIsLeftToWhoeverHasIt() throws Exception {
        world.accepted(world.offer());

        world.sweeper.sweep();

        assertThat(world.head().sequence()).isZero();
        assertThat(world.pending().size()).isEqualTo(1);
    }

    @Test
    void whatWasConfirmedButNotFinishedIsFinished() throws Exception {
        var half = world.accepted(world.offer());
        world.publisher.store(0, List.of(half.message()), World.LONG).get();
        world.log.confirm(0, world.epoch(), List.of(half.position()));
        world.makeAllDue();

        world.sweeper.sweep();

        await().until(() -> world.pending().isEmpty());
        assertThat(world.indexed("bob")).isTrue();
    }

    @Test
    void aMessageThatCannotBeStoredComesUpAgainLater() throws Exception {
        world.accepted(world.offer());
        world.makeAllDue();
        world.cutStoreQueue();

        world.sweeper.sweep();

        assertThat(world.pending().firstScore()).isPositive();
        world.openStoreQueue();
        world.makeAllDue();
        world.sweeper.sweep();
        await().until(() -> world.pending().isEmpty());
    }
}
