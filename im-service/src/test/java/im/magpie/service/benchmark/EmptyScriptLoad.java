package im.magpie.service.benchmark;

import im.magpie.service.redis.RedisScripts;
import im.magpie.service.testing.TestRedis;

/** A script that tells the time: what the call of any script costs. */
final class EmptyScriptLoad implements Load {

    private final RedisScripts scripts;
    private final RedisMeter meter;

    EmptyScriptLoad(TestRedis redis) {
        this.scripts = redis.scripts();
        this.meter = new RedisMeter(redis.client());
    }

    @Override
    public String name() {
        return "a script that tells the time";
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public Cost run(int messages) {
        return meter.of(messages, () -> {
            for (var i = 0; i < messages; i++) {
                scripts.timeMillis();
            }
        });
    }
}
