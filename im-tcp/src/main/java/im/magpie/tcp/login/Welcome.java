package im.magpie.tcp.login;

import im.magpie.codec.protocol.LoginReply;
import java.time.Duration;

/**
 * What a node tells every device that has logged in.
 *
 * @param nodeId the node's name
 * @param heartbeatInterval how often a client writes a PING when it writes nothing else
 * @param maxBodyBytes the largest body that is read from now on
 */
public record Welcome(String nodeId, Duration heartbeatInterval, int maxBodyBytes) {

    LoginReply reply(LoginResult.In in) {
        return LoginReply.newBuilder()
                .setServerTime(in.session().getLoginTime())
                .setIndexVersion(in.indexVersion())
                .setHeartbeatIntervalMs(Math.toIntExact(heartbeatInterval.toMillis()))
                .setMaxBodyBytes(maxBodyBytes)
                .setNodeId(nodeId)
                .build();
    }
}
