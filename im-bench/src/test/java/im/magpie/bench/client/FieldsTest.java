package im.magpie.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.LocationContent;
import im.magpie.codec.protocol.MessageContent;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300, 16_383, 16_384, 1L << 35, Long.MAX_VALUE, -1})
    void numbersAreThoseOfProtobuf(long number) throws Exception {
        var expected = new byte[CodedOutputStream.computeUInt64SizeNoTag(number)];
        CodedOutputStream.newInstance(expected).writeUInt64NoTag(number);
        var out = Unpooled.buffer();
        Fields.write(out, number);

        assertThat(Fields.sizeOf(number)).isEqualTo(expected.length);
        assertThat(out).isEqualTo(Unpooled.wrappedBuffer(expected));
        assertThat(new Fields(out).varint()).isEqualTo(number);
    }

    @Test
    void everyTypeOfFieldIsPassedOver() {
        var message = ChatMessage.newBuilder()
                .setConversationId("private_a_b")
                .setContent(MessageContent.newBuilder()
                        .setLocation(
                                LocationContent.newBuilder().setLatitude(1.5).setName("here")))
                .setSequence(77)
                .build();
        var fields = new Fields(Unpooled.wrappedBuffer(message.toByteArray()));

        assertThat(fields.next()).isTrue();
        assertThat(fields.number()).isEqualTo(ChatMessage.CONVERSATION_ID_FIELD_NUMBER);
        fields.skip();
        assertThat(fields.next()).isTrue();
        var outer = fields.enter();
        assertThat(fields.next()).isTrue();
        assertThat(fields.number()).isEqualTo(MessageContent.LOCATION_FIELD_NUMBER);
        var location = fields.enter();
        assertThat(fields.next()).isTrue();
        fields.skip();
        fields.leave(location);
        assertThat(fields.next()).isFalse();
        fields.leave(outer);
        assertThat(fields.next()).isTrue();
        assertThat(fields.number()).isEqualTo(ChatMessage.SEQUENCE_FIELD_NUMBER);
        assertThat(fields.varint()).isEqualTo(77);
        assertThat(fields.next()).isFalse();
    }
}
