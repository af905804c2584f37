package im.magpie.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.TextContent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {

    private final MessageReader reader = new MessageReader();
    private final List<Long> taken = new ArrayList<>();
    private final List<Long> covered = new ArrayList<>();
    private final MessageSink sink = new MessageSink() {
        @Override
        public void message(MessageView message) {
            taken.add(message.ours() ? message.sequence() : -message.sequence());
        }

        @Override
        public void covered(long sequence) {
            covered.add(sequence);
        }
    };

    @Test
    void whatIsNotOursHasNoPayload() {
        var event = MessageContent.newBuilder().setGroupEvent(GroupEvent.getDefaultInstance());
        reader.push(
                bytes(MessagePush.newBuilder()
                        .addMessages(text(1, "too short"))
                        .addMessages(ChatMessage.newBuilder().setSequence(2).setContent(event))
                        .addMessages(text(3, "0".repeat(Payload.BYTES)))
                        .addMessages(ChatMessage.newBuilder().setSequence(4))
                        .build()),
                sink);

        assertThat(taken).containsExactly(-1L, -2L, 3L, -4L);
    }

    @Test
    void aPullSaysWhatItCovers() {
        var reply = PullReply.newBuilder()
                .addRanges(PulledRange.newBuilder()
                        .setConversationId("group_a")
                        .setAfterSequence(4)
                        .setToSequence(9)
                        .addMessages(text(6, "0".repeat(100)))
                        .addMessages(text(8, "0".repeat(100))))
                .setMore(true)
                .build();

        assertThat(reader.pulled(bytes(reply), sink)).isTrue();
        assertThat(taken).containsExactly(6L, 8L);
        assertThat(covered).containsExactly(9L);
        assertThat(reader.pulled(bytes(PullReply.getDefaultInstance()), sink)).isFalse();
    }

    @Test
    void numbersAreFoundAmongOtherFields() {
        var receipts = ReceiptPush.newBuilder()
                .addReceipts(Receipt.newBuilder().setConversationId("a").setDeliveredSequence(5))
                .addReceipts(Receipt.newBuilder().setUserId("bob").setReadSequence(9))
                .build();

        assertThat(reader.delivered(bytes(receipts))).isEqualTo(5);
        var notice = NoticePush.newBuilder()
                .addPositions(
                        ConversationPosition.newBuilder().setConversationId("a").setSequence(8))
                .build();
        assertThat(reader.noticed(bytes(notice))).isEqualTo(8);
        var reply = SendReply.newBuilder()
                .setMessageId("a:7")
                .setSequence(7)
                .setServerTime(1)
                .build();
        assertThat(reader.number(bytes(reply), SendReply.SEQUENCE_FIELD_NUMBER)).isEqualTo(7);
    }

    private static ChatMessage text(long sequence, String text) {
        return ChatMessage.newBuilder()
                .setSenderId("bob")
                .setContent(MessageContent.newBuilder()
                        .setText(TextContent.newBuilder().setText(text)))
                .setSequence(sequence)
                .build();
    }

    private static ByteBuf bytes(Message message) {
        return Unpooled.wrappedBuffer(message.toByteArray());
    }
}
