package im.magpie.client.cli;

import im.magpie.client.MagpieClient;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.Kicked;
import java.util.List;

/** The devices of a user: shows them, and signs them out by their numbers in what was shown last. Used by one thread. */
final class DeviceList {

    private final MagpieClient client;
    private final Console console;
    private final Answers answers;
    private List<DeviceEntry> shown = List.of();

    DeviceList(MagpieClient client, Console console, Answers answers) {
        this.client = client;
        this.console = console;
        this.answers = answers;
    }

    /** Shows all of them. */
    void show() {
        var devices = answers.of(client.devices());
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
        } else if (answers.of(client.signOut(device.getClientType(), device.getDeviceId())
                        .thenApply(_ -> device))
                != null) {
            console.print("-- signed out: " + name(device));
        }
    }

    private static String line(DeviceEntry device) {
        var when = device.getOnline() ? "online" : "last active " + Times.dateAndTime(device.getLastActiveTime());
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
