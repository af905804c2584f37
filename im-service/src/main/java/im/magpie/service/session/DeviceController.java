package im.magpie.service.session;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.user.Users;
import im.magpie.service.usersig.Caller;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a user is signed in, for the business system; users ask over their connections. */
@RestController
@RequestMapping("/v1/users/{userId}/devices")
class DeviceController {

    private final UserDevices devices;
    private final Users users;

    DeviceController(UserDevices devices, Users users) {
        this.devices = devices;
        this.users = users;
    }

    /** A device as a business system sees it. */
    record DeviceView(
            ClientType clientType,
            String deviceId,
            String deviceName,
            Instant firstLogin,
            Instant lastLogin,
            Instant lastActive,
            boolean online) {

        static DeviceView of(UserDevice device) {
            var known = device.known();
            return new DeviceView(
                    known.key().clientType(),
                    known.key().deviceId(),
                    known.name(),
                    Instant.ofEpochMilli(known.firstLogin()),
                    Instant.ofEpochMilli(known.lastLogin()),
                    Instant.ofEpochMilli(known.lastActive()),
                    device.online());
        }
    }

    /** All of them. */
    record DevicesView(List<DeviceView> devices) {}

    @GetMapping
    DevicesView list(Caller caller, @PathVariable String userId) {
        return new DevicesView(
                devices.list(user(caller, userId)).stream().map(DeviceView::of).toList());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutAll(Caller caller, @PathVariable String userId) {
        devices.signOutAll(user(caller, userId));
    }

    @DeleteMapping("/{clientType}/{deviceId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(
            Caller caller,
            @PathVariable String userId,
            @PathVariable String clientType,
            @PathVariable String deviceId) {
        devices.signOut(Session.device(user(caller, userId), type(clientType), deviceId));
    }

    /** Not for users: a userSig does not say whose device's it is, and so outlives here the sign-out of a single one. */
    private UserKey user(Caller caller, String userId) {
        caller.requireAdmin();
        var user = caller.user(userId);
        users.require(user);
        return user;
    }

    private static ClientType type(String name) {
        try {
            return ClientType.valueOf(name);
        } catch (IllegalArgumentException _) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "there is no client type " + name);
        }
    }
}
