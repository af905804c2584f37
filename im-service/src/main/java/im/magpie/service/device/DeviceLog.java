package im.magpie.service.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.magpie.common.user.UserKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Which devices users have logged in with, and when each was active last. Written behind: what is noted costs nobody a wait, and a database that is away
 * keeps nobody out. What is lost with this process is noted again by the device's next activity. Bounded. Safe for use by many threads.
 */
public final class DeviceLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeviceLog.class);
    private static final int BATCH = 500;
    private static final int BATCHES = 20;

    /** So that two services that write the same devices do not wait for each other in a circle. */
    private static final Comparator<KnownDevice> BY_KEY = Comparator.comparing(
                    (KnownDevice device) -> device.key().user().appId())
            .thenComparing(device -> device.key().user().userId())
            .thenComparing(device -> device.key().clientType())
            .thenComparing(device -> device.key().deviceId());

    private final DeviceMapper devices;
    private final DeviceListProperties properties;
    private final DeviceMeters meters;
    private final ConcurrentMap<DeviceKey, KnownDevice> waiting = new ConcurrentHashMap<>();
    /** When the activity of a device was noted here last. */
    private final Cache<DeviceKey, Long> noted;

    DeviceLog(DeviceMapper devices, DeviceListProperties properties, DeviceMeters meters) {
        this.devices = devices;
        this.properties = properties;
        this.meters = meters;
        this.noted =
                Caffeine.newBuilder().maximumSize(2L * properties.maxWaiting()).build();
        meters.waiting(waiting::size);
    }

    /** Notes a login. */
    public void loggedIn(KnownDevice device) {
        note(device);
    }

    /** Notes that a device is connected, unless that was noted a while ago only. */
    public void seen(KnownDevice device) {
        var last = noted.getIfPresent(device.key());
        if (last == null
                || device.lastActive() - last >= properties.activityInterval().toMillis()) {
            note(device);
        }
    }

    /** Notes that a device is connected no more. */
    public void left(KnownDevice device) {
        note(device);
    }

    /** Returns whether a device has been noted as late as one that is connected is: one whose gateway has died is not for long. */
    public boolean isNotedOfLate(KnownDevice device, long now) {
        return now - device.lastActive() <= 2 * properties.activityInterval().toMillis();
    }

    /** Returns what is written of a user's devices, those that were active last first. */
    public List<KnownDevice> of(UserKey user) {
        return devices.list(user, properties.maxDevices()).stream()
                .map(row -> row.of(user))
                .flatMap(Optional::stream)
                .toList();
    }

    private void note(KnownDevice device) {
        noted.put(device.key(), device.lastActive());
        put(device);
    }

    private void put(KnownDevice device) {
        if (waiting.size() < properties.maxWaiting() || waiting.containsKey(device.key())) {
            waiting.merge(device.key(), device, KnownDevice::merge);
        } else {
            noted.invalidate(device.key());
            meters.dropped();
        }
    }

    /** Writes what has been noted until now, within a bound. What can't be written now stays for the next time. */
    @Scheduled(fixedDelayString = "${im.service.device-list.write-interval:1s}")
    public void write() {
        var batches = 0;
        while (!waiting.isEmpty() && batches < BATCHES && writeBatch()) {
            batches++;
        }
    }

    private boolean writeBatch() {
        var batch = take();
        try {
            devices.merge(batch);
            forgetOldest(
                    batch.stream().map(device -> device.key().user()).distinct().toList());
            return true;
        } catch (DataIntegrityViolationException e) {
            log.error("What was noted of {} devices can't be written and is dropped", batch.size(), e);
            return true;
        } catch (DataAccessException e) {
            log.warn("What was noted of {} devices is written later: {}", batch.size(), e.toString());
            batch.forEach(this::put);
            return false;
        }
    }

    private List<KnownDevice> take() {
        var batch = new ArrayList<KnownDevice>();
        for (var key : waiting.keySet()) {
            var device = waiting.remove(key);
            if (device != null) {
                batch.add(device);
            }
            if (batch.size() == BATCH) {
                break;
            }
        }
        batch.sort(BY_KEY);
        return batch;
    }

    private void forgetOldest(List<UserKey> users) {
        var most = properties.maxDevices();
        for (var user : devices.withMore(users, most)) {
            var last = devices.lastActiveBehind(user, most - 1);
            if (last != null) {
                devices.forget(user, last);
            }
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        write();
    }
}
