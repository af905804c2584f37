package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/** A body whose kind is known only once its packet's command is. */
public interface BodySource {

    /**
     * Reads the body as a message of the prototype's type.
     *
     * @throws InvalidProtocolBufferException when it is none
     */
    <M extends Message> M as(M prototype) throws InvalidProtocolBufferException;
}
