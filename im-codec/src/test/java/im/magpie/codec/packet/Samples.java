package im.magpie.codec.packet;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.body.Body;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every packet that there is, made from the schema, with each field at its limits. */
public final class Samples {

    private static final int MAX_DEPTH = 6;

    /** Returns every request a client can write: each one empty, each one with any field at each of its limits. */
    public static Stream<Request> requests() {
        return commands().flatMap(command -> bodies(of -> Requests.of(command.getNumber(), requestId(command), of)));
    }

    /** Returns every reply and push in the same way, failures of all commands included. */
    public static Stream<ServerPacket> serverPackets() {
        var fine = commands()
                .flatMap(command -> bodies(
                        of -> ServerPackets.of(command.getNumber(), ErrorCode.OK_VALUE, requestId(command), of)));
        var failed = Stream.of(ErrorCode.values())
                .filter(code -> code != ErrorCode.OK && code != ErrorCode.UNRECOGNIZED)
                .flatMap(code -> bodies(of -> ServerPackets.of(Command.SEND_VALUE, code.getNumber(), -1, of)));
        return Stream.concat(fine, failed).map(ServerPacket.class::cast);
    }

    private static int requestId(Command command) {
        // Of the requests, one has the largest number and one a notice's.
        return command == Command.SEND ? -1 : command == Command.PUSH_ACK ? 0 : command.getNumber();
    }

    private static Stream<Command> commands() {
        return Stream.of(Command.values()).filter(command -> command != Command.UNRECOGNIZED);
    }

    private interface Maker<P extends Packet> {
        @Nullable
        P of(Body body) throws InvalidProtocolBufferException;
    }

    private static <P extends Packet> Stream<P> bodies(Maker<P> maker) {
        var packet = make(maker, Message::getDefaultInstanceForType);
        if (packet == null || packet instanceof Request.Unknown) {
            return Stream.empty();
        }
        return variants(packet.body(), 0).stream().map(body -> Objects.requireNonNull(make(maker, _ -> body)));
    }

    private static <P extends Packet> @Nullable P make(Maker<P> maker, UnaryOperator<Message> body) {
        try {
            return maker.of(new Body() {
                @Override
                @SuppressWarnings("unchecked")
                public <M extends Message> M as(M prototype) {
                    return (M) body.apply(prototype);
                }
            });
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the empty message, and for each field and each of its limits a message with that alone. */
    private static List<Message> variants(Message prototype, int depth) {
        var variants = new ArrayList<Message>();
        variants.add(prototype.getDefaultInstanceForType());
        if (depth == MAX_DEPTH) {
            return variants;
        }
        for (var field : prototype.getDescriptorForType().getFields()) {
            var limits = limits(field, prototype.newBuilderForType(), depth);
            for (var limit : limits) {
                var builder = prototype.newBuilderForType();
                variants.add(
                        (field.isRepeated() ? builder.addRepeatedField(field, limit) : builder.setField(field, limit))
                                .build());
            }
            if (field.isRepeated()) {
                variants.add(
                        prototype.newBuilderForType().setField(field, limits).build());
            }
        }
        return variants;
    }

    private static List<?> limits(FieldDescriptor field, Message.Builder builder, int depth) {
        return switch (field.getJavaType()) {
            case INT -> List.of(1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
            // -1 is the largest of the unsigned; behind 2^53 a JSON number would lose digits.
            case LONG -> List.of(1L, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
            case BOOLEAN -> List.of(true);
            case STRING -> List.of("a", "\u0000\"\\/\n\u007f\u2028", "喜鹊 \uD83D\uDC26", "x".repeat(5_000));
            case BYTE_STRING ->
                List.of(ByteString.copyFrom(new byte[] {0, -1, 127, -128}), ByteString.copyFrom(new byte[5_000]));
            case ENUM -> values(field);
            case MESSAGE -> variants(builder.newBuilderForField(field).build(), depth + 1);
            case DOUBLE -> List.of(-90.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE);
            case FLOAT -> throw new AssertionError("no field is a float yet");
        };
    }

    private static List<EnumValueDescriptor> values(FieldDescriptor field) {
        return field.getEnumType().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .toList();
    }

    private Samples() {}
}
