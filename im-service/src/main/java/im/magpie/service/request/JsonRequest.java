package im.magpie.service.request;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import io.netty.buffer.Unpooled;

/** Bodies of HTTP requests, in protobuf's JSON mapping. */
public final class JsonRequest {

    /**
     * Reads a body; one without bytes is a message in which nothing is set.
     *
     * @throws MagpieException MALFORMED_BODY
     */
    public static <M extends Message> M read(byte[] body, M prototype) {
        try {
            return JsonBody.ofUtf8(Unpooled.wrappedBuffer(body)).as(prototype);
        } catch (InvalidProtocolBufferException e) {
            var name = prototype.getDescriptorForType().getName();
            throw new MagpieException(ErrorCode.MALFORMED_BODY, "no %s in JSON".formatted(name), e);
        }
    }

    private JsonRequest() {}
}
