package im.magpie.codec.packet;

import com.google.protobuf.Message;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;

/**
 * What client and server exchange. Every switch over packets names them all, so that a new one is answered everywhere or
 * does not compile.
 */
public sealed interface Packet permits Request, ServerPacket, EncodedPush {

    /** Returns the number that ties a reply to its request, 32 unsigned bits; 0 in pushes and notices. */
    int requestId();

    /** Returns the command, UNRECOGNIZED where its number is none of ours. */
    Command command();

    /** Returns the command's number, known or not. */
    default int commandNumber() {
        return command().getNumber();
    }

    /** Returns OK in all but a {@link Reply.Failure}. */
    default ErrorCode status() {
        return ErrorCode.OK;
    }

    /** Returns what the packet carries. */
    Message body();
}
