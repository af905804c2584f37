package im.magpie.client.cli;

import im.magpie.client.MagpieClient;
import im.magpie.client.RequestFailedException;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.Kicked;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The devices of a user: shows them, and signs them out by their numbers in what was shown last. Used by one thread. */
final class DeviceList {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final MagpieClient client;
    private final Console console;
    private final Duration patience;
    private List<DeviceEntry> shown = List.of();

    DeviceList(MagpieClient client, Console console, Duration patience) {
        this.client = client;
        this.console = console;
        this.patience = patience;
    }

    /** Shows all of them. */
    void show() {
        var devices = answer(client.devices());
        if (devices == null) {
            return;
        }
        shown = devices;
        for (var i = 0; i < shown.size(); i++) {
            console.print("%3d  %s".formatted(i + 1, line(shown.get(i))));
        }
    }

    /** Signs out the device of a number. */
    void signOut(String number) {
        var device = number.matches("[1-9]\\d{0,3}") && Integer.parseInt(number) <= shown.size()
                ? shown.get(Integer.parseInt(number) - 1)
                : null;
        if (device == null) {
            console.print("-- which one? /devices shows their numbers");
        } else if (device.getCurrent()) {
            console.print("-- this is the device that you sit at: /quit leaves it");
        } else if (answer(client.signOut(device.getClientType(), device.getDeviceId())
                        .thenApply(_ -> device))
                != null) {
            console.print("-- signed out: " + name(device));
        }
    }

    /** Returns null when there is none, which it says. */
    private <T> @Nullable T answer(CompletableFuture<T> asked) {
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var why = e.getCause() instanceof RequestFailedException refusal ? refusal.detail() : e.getCause();
            console.print("-- that did not work: " + why);
        } catch (TimeoutException _) {
            console.print("-- the server is out of reach");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private static String line(DeviceEntry device) {
        var when = device.getOnline()
                ? "online"
                : "last active " + TIME.format(Instant.ofEpochMilli(device.getLastActiveTime()));
        return name(device) + ", " + (device.getCurrent() ? "this device" : when);
    }

    /** What a device calls itself must not steer this terminal. */
    private static String name(DeviceEntry device) {
        var id = id(device.getClientType(), device.getDeviceId());
        var name = device.getDeviceName().replaceAll("\\p{Cntrl}", " ");
        return name.isBlank() ? id : "%s (%s)".formatted(name, id);
    }

    /** Returns which device is the reason for a kick. */
    static String id(Kicked kicked) {
        return id(kicked.getByClientType(), kicked.getByDeviceId());
    }

    private static String id(ClientType type, String deviceId) {
        return type + " " + deviceId;
    }
}
