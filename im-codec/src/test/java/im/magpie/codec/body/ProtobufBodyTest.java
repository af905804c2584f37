package im.magpie.codec.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.MessageContent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufBodyTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8_185, 8_186, 8_187, 8_188, 8_192, 9_000, 100_000})
    void whatIsWrittenBehindOtherBytesIsReadAgain(int length) throws Exception {
        var content = Contents.text("x".repeat(length));
        for (var buffer : new ByteBuf[] {Unpooled.buffer(16), Unpooled.directBuffer(16)}) {
            buffer.writeInt(7);
            ProtobufBody.write(content, buffer);

            assertThat(buffer.readInt()).isEqualTo(7);
            assertThat(buffer.readableBytes()).isEqualTo(content.getSerializedSize());
            assertThat(new ProtobufBody(buffer).as(MessageContent.getDefaultInstance()))
                    .isEqualTo(content);
            assertThat(buffer.readableBytes()).isEqualTo(content.getSerializedSize());
            buffer.release();
        }
    }

    /** The bytes of an earlier body are still there, behind those of a later one. */
    @Test
    void aBodyThatIsCutOffIsNotReadOnInAnother() throws Exception {
        var whole = Unpooled.buffer();
        ProtobufBody.write(Contents.text("x".repeat(100)), whole);
        assertThat(new ProtobufBody(whole).as(MessageContent.getDefaultInstance()))
                .isNotNull();

        var cut = whole.slice(0, whole.readableBytes() - 1);

        assertThatThrownBy(() -> new ProtobufBody(cut).as(MessageContent.getDefaultInstance()))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }
}
