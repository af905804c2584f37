package im.magpie.codec.body;

import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A body in protobuf's canonical JSON mapping. Fields that this side does not know are ignored, as they are in protobuf, so
 * that a newer peer can be understood.
 */
public record JsonBody(JsonObject object) implements Body {

    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    /** Takes the body of a frame. No bytes at all are the empty object, as they are the empty message in protobuf. */
    public static JsonBody ofUtf8(ByteBuf body) throws InvalidProtocolBufferException {
        if (!body.isReadable()) {
            return new JsonBody(new JsonObject());
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(body.nioBuffer());
            return new JsonBody(StrictJson.readObject(text.toString()));
        } catch (CharacterCodingException e) {
            throw new InvalidProtocolBufferException("the body is not UTF-8", e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <M extends Message> M as(M prototype) throws InvalidProtocolBufferException {
        JsonFields.check(object, prototype.getDescriptorForType());
        var builder = prototype.newBuilderForType();
        PARSER.merge(object.toString(), builder);
        return (M) builder.build();
    }

    /** Appends a message in UTF-8. */
    public static void write(Message message, ByteBuf out) {
        ByteBufUtil.writeUtf8(out, print(message));
    }

    /** Returns a message as JSON without white space. */
    public static String print(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("only an Any of unknown type can't be printed, and there is none", e);
        }
    }
}
