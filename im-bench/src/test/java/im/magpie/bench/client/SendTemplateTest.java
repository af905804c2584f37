package im.magpie.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.RequestDecoder;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.SendRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** What the generator writes, as a gateway reads it. */
class SendTemplateTest {

    private static final String CONVERSATION = "private_alice_bob";

    private final UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;

    @Test
    void everyMessageIsASendWithAnIdOfItsOwn() {
        var ids = new HashSet<String>();
        for (var sender : new int[] {0, 1, 4_096, 99_999}) {
            var template = new SendTemplate(CONVERSATION, sender, 100);
            for (var number : new long[] {0, 1, 255, 65_536, 0xFFFF_FFFFL}) {
                var send = (Request.Send) read(template.message(allocator, 42, number, 1_700_000_000_123L, 5));

                assertThat(send.requestId()).isEqualTo(42);
                assertThat(send.body().getConversationId()).isEqualTo(CONVERSATION);
                var id = UuidV7.parse(send.body().getClientMessageId());
                assertThat(UuidV7.timeMillis(id)).isEqualTo(1_700_000_000_123L);
                ids.add(id.toString());
                assertThat(send.body().getContent().getText().getText()).hasSize(100);
            }
        }
        assertThat(ids).hasSize(20);
    }

    @Test
    void theReceiverKnowsWhoseItIsAndSinceWhen() {
        var template = new SendTemplate(CONVERSATION, 0xABCDE, Payload.BYTES);
        var send = (Request.Send) read(template.message(allocator, 2, 0xCAFE, 1, Long.MAX_VALUE - 9));
        var seen = new ArrayList<Long>();

        new MessageReader().push(push(send.body(), 17), message -> {
            assertThat(message.ours()).isTrue();
            seen.add(message.sequence());
            seen.add((long) message.payload().sender());
            seen.add(message.payload().number());
            seen.add(message.payload().time());
        });

        assertThat(seen).containsExactly(17L, 0xABCDEL, 0xCAFEL, Long.MAX_VALUE - 9);
    }

    @Test
    void anAcknowledgementNamesAPosition() {
        for (var sequence : new long[] {1, 127, 128, 1L << 40}) {
            var ack = (Request.PushAcknowledgement) read(new Acknowledgement(CONVERSATION).of(allocator, sequence));

            assertThat(ack.body().getPositionsList()).singleElement().satisfies(position -> {
                assertThat(position.getConversationId()).isEqualTo(CONVERSATION);
                assertThat(position.getSequence()).isEqualTo(sequence);
            });
        }
    }

    private static ByteBuf push(SendRequest sent, long sequence) {
        return Unpooled.wrappedBuffer(MessagePush.newBuilder()
                .addMessages(ChatMessage.newBuilder()
                        .setConversationId(sent.getConversationId())
                        .setSenderId("alice")
                        .setClientMessageId(sent.getClientMessageId())
                        .setContent(sent.getContent())
                        .setSequence(sequence)
                        .setOrdinal(3)
                        .setServerTime(1_700_000_000_000L))
                .build()
                .toByteArray());
    }

    private static Request read(ByteBuf frame) {
        var wire = Wire.ofServer(FrameLimits.DEFAULT);
        var gateway = new EmbeddedChannel(new FrameDecoder(wire), new RequestDecoder(wire));
        gateway.writeInbound(frame);
        Request request = gateway.readInbound();
        assertThat(gateway.inboundMessages()).isEmpty();
        return request;
    }
}
