package im.magpie.service.session;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.SessionField;
import im.magpie.service.push.Push;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells connections, on whichever node they are, that they are at an end. Best effort: a connection that does not hear of it hears it when
 * it is reconciled.
 */
final class Kicks {

    /** The user has been disabled. */
    static final Kicked DISABLED =
            Kicked.newBuilder().setReason(KickReason.DISABLED).build();

    /** The business system has signed the device out. */
    static final Kicked SIGNED_OUT =
            Kicked.newBuilder().setReason(KickReason.SIGNED_OUT).build();

    private final Consumer<List<Push>> pushes;

    /** @param pushes sends packets without waiting */
    Kicks(Consumer<List<Push>> pushes) {
        this.pushes = pushes;
    }

    /** Returns what a connection hears when a device, given by its field in Redis, has come later. */
    static Kicked supersededBy(String device) {
        return Kicked.newBuilder()
                .setReason(KickReason.SUPERSEDED)
                .setByClientType(SessionField.clientType(device))
                .setByDeviceId(SessionField.deviceId(device))
                .build();
    }

    /** Returns what a connection hears when another device of its user has signed it out. */
    static Kicked signedOutBy(DeviceKey device) {
        return SIGNED_OUT.toBuilder()
                .setByClientType(device.clientType())
                .setByDeviceId(device.deviceId())
                .build();
    }

    /** Kicks what a session has superseded. */
    void supersede(Session by, Standing standing) {
        kick(standing.superseded(), supersededBy(SessionField.device(by.route())));
    }

    void kick(List<DeviceRoute> routes, Kicked kicked) {
        if (!routes.isEmpty()) {
            pushes.accept(List.of(Push.unacknowledged(Command.KICKED, kicked.toByteString(), routes)));
        }
    }
}
