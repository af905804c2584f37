package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HousekeepingTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private World world;

    @BeforeEach
    void world() {
        world = new World(redis.client());
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whoIsAwayIsLetGo() {
        world.submit(world.offer());
        world.connect("bob", "node-b", 9);
        assertThat(world.indexed("alice")).isTrue();

        world.housekeeping.letIdleUsersGo();
        world.housekeeping.letIdleUsersGo();

        assertThat(world.indexed("alice")).isFalse();
        assertThat(world.indexed("bob")).isTrue();
    }

    @Test
    void whatEpochsGoneByLeftIsLetGo() {
        world.submit(world.offer());
        var left = redis.client().getBucket("{c:0}:0:head");
        left.set("of an epoch gone by");

        world.housekeeping.tidy();

        assertThat(left.isExists()).isFalse();
        assertThat(world.head().sequence()).isEqualTo(1);
    }
}
