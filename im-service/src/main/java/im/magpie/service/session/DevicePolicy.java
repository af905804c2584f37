package im.magpie.service.session;

import im.magpie.codec.protocol.ClientType;
import java.util.EnumSet;
import java.util.Set;

/**
 * How many devices of a user may be connected at the same time. The client type is what a client says of itself, so a policy has no exceptions: a bot is a
 * device too.
 */
public enum DevicePolicy {
    /** One. */
    SINGLE,
    /** One mobile one, one desktop, one in a browser, and one bot. */
    MOBILE_DESKTOP_WEB,
    /** One of each client type. */
    PER_CLIENT_TYPE,
    /** Any number. */
    UNLIMITED;

    /** Returns the client types of which no other device may be connected beside one of this type. */
    Set<ClientType> apartFrom(ClientType type) {
        return switch (this) {
            case SINGLE ->
                EnumSet.complementOf(EnumSet.of(ClientType.CLIENT_TYPE_UNSPECIFIED, ClientType.UNRECOGNIZED));
            case MOBILE_DESKTOP_WEB -> sameKind(type);
            case PER_CLIENT_TYPE -> EnumSet.of(type);
            case UNLIMITED -> Set.of();
        };
    }

    private static Set<ClientType> sameKind(ClientType type) {
        return switch (type) {
            case ANDROID, IOS -> EnumSet.of(ClientType.ANDROID, ClientType.IOS);
            case WINDOWS, MACOS, LINUX -> EnumSet.of(ClientType.WINDOWS, ClientType.MACOS, ClientType.LINUX);
            case WEB, BOT, CLIENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> EnumSet.of(type);
        };
    }
}
