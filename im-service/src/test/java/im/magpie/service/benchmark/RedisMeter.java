package im.magpie.service.benchmark;

import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;

/** Tells what something costs a single Redis, which does nothing else meanwhile. */
final class RedisMeter {

    private final RedissonClient client;

    RedisMeter(RedissonClient client) {
        this.client = client;
    }

    /** Returns what this many messages cost, which are sent and answered when the work ends. */
    Cost of(int messages, Runnable work) {
        var processor = processorNanos();
        var begin = System.nanoTime();
        work.run();
        var end = System.nanoTime();
        return new Cost(messages, processorNanos() - processor, end - begin);
    }

    /** The main thread alone: those that sync the append-only file are not what anybody waits for. */
    private long processorNanos() {
        var info = client.getRedisNodes(RedisNodes.SINGLE).getInstance().info(InfoSection.CPU);
        var user = info.get("used_cpu_user_main_thread");
        var system = info.get("used_cpu_sys_main_thread");
        if (user == null || system == null) {
            throw new IllegalStateException("this Redis does not tell the processor time of its main thread");
        }
        return Math.round((Double.parseDouble(user) + Double.parseDouble(system)) * 1e9);
    }
}
