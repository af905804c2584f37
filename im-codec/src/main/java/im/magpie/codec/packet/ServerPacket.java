package im.magpie.codec.packet;

import com.google.protobuf.Message;
import im.magpie.codec.protocol.ErrorCode;

/** What a client reads. */
public sealed interface ServerPacket extends Packet permits Reply, Push {

    /** Returns the protobuf message that the packet carries. */
    Message body();

    /** Returns OK in all but a {@link Reply.Failure}. */
    default ErrorCode status() {
        return ErrorCode.OK;
    }
}
