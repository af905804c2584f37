package im.magpie.bench.client;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LoginReply;
import io.netty.buffer.ByteBuf;

/** What a connection is for. Called on the connection's event loop; bodies are gone when a call returns. */
public interface Role {

    /** The server has let it in. */
    default void entered(Peer peer, LoginReply welcome) {}

    /** A request of the role's own was done. */
    default void replied(Peer peer, int command, int requestId, ByteBuf body) {}

    /** A request of the role's own was refused. */
    default void refused(Peer peer, int command, int requestId, ErrorCode code, ErrorDetail detail) {}

    default void pushed(Peer peer, int command, ByteBuf body) {}

    /** The server has left pushes out. */
    default void behind(Peer peer) {}

    /** Everything that had come is read: what was written because of it may go out. */
    default void readAll(Peer peer) {}

    /** The connection is lost, and was not closed by this side. */
    void lost(Peer peer, String why);
}
