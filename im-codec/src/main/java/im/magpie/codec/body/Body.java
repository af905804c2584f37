package im.magpie.codec.body;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/** A body that is still to be read, because its kind is known only once its packet's command is. */
public interface Body {

    /**
     * Reads the body as a message of the prototype's type.
     *
     * @throws InvalidProtocolBufferException when it is none
     */
    <M extends Message> M as(M prototype) throws InvalidProtocolBufferException;
}
