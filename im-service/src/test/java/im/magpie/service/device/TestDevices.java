package im.magpie.service.device;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** What one service knows of devices, over the test database. */
public final class TestDevices {

    /** How many devices of a user are remembered. */
    public static final int MOST = 4;

    /** How often the activity of a device is noted. */
    static final Duration ACTIVITY = Duration.ofMinutes(5);

    static final int MOST_WAITING = 8;
    static final Duration TTL = Duration.ofSeconds(2);
    static final Duration STANDING = Duration.ofMinutes(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeviceLog log;
    private final SignOuts signOuts;

    public TestDevices(TestDatabase database) {
        this(database, Ticker.systemTicker());
    }

    TestDevices(TestDatabase database, Ticker ticker) {
        var properties = new DeviceListProperties(MOST, ACTIVITY, Duration.ofSeconds(1), MOST_WAITING);
        this.log = new DeviceLog(database.mapper(DeviceMapper.class), properties, new DeviceMeters(meters));
        this.signOuts = new SignOuts(
                database.mapper(SignOutMapper.class),
                new Database(database.dataSource()),
                properties,
                new CacheProperties(TTL, STANDING, 1_000),
                ticker);
    }

    public DeviceLog log() {
        return log;
    }

    public SignOuts signOuts() {
        return signOuts;
    }

    double waiting() {
        return meters.get("magpie.service.waiting.devices").gauge().value();
    }

    double dropped() {
        return meters.get("magpie.service.dropped.devices").counter().count();
    }
}
