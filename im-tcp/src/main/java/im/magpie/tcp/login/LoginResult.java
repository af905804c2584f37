package im.magpie.tcp.login;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.common.rpc.SessionRef;

/** What became of a login. */
sealed interface LoginResult {

    /**
     * The device is in.
     *
     * @param session whose login time is the services' clock
     */
    record In(SessionRef session, IndexVersion indexVersion) implements LoginResult {}

    /**
     * It is not.
     *
     * @param retryAfterMillis when it may be tried again; 0 where that does not help
     */
    record Refused(ErrorCode code, String message, int retryAfterMillis) implements LoginResult {}
}
