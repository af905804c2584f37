package im.magpie.service.testing;

import im.magpie.service.epoch.EpochOpener;
import im.magpie.service.epoch.EpochSettings;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.redis.RedisScripts;
import java.time.Duration;

/** Epochs for tests that are not about them. */
public final class TestEpochs {

    /** Returns epochs that open by the real steps, with rows in memory, through this store. */
    public static Epochs over(RedisScripts scripts, MemoryStore store) {
        var settings = new EpochSettings(null, Duration.ZERO, Duration.ofSeconds(5));
        return new Epochs(new EpochOpener(scripts, new MemoryEpochRows(), store, store, settings)::open);
    }

    private TestEpochs() {}
}
