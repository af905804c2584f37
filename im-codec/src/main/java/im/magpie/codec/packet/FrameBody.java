package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.body.Body;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.body.ProtobufBody;
import im.magpie.codec.frame.Frame;

/** The body of a frame, to be read while the frame is held. */
record FrameBody(Frame frame) implements Body {

    @Override
    public <M extends Message> M as(M prototype) throws InvalidProtocolBufferException {
        return switch (frame.encoding()) {
            case PROTOBUF -> new ProtobufBody(frame.body()).as(prototype);
            case JSON -> JsonBody.ofUtf8(frame.body()).as(prototype);
        };
    }
}
