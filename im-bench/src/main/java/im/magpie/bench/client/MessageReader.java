package im.magpie.bench.client;

import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Reads the bodies that bring messages. One thread uses it. */
public final class MessageReader {

    private final Fields fields = new Fields(Unpooled.EMPTY_BUFFER);
    private final MessageView message = new MessageView();

    /** Reads the body of a PUSH. */
    public void push(ByteBuf body, MessageSink sink) {
        fields.of(body);
        while (fields.next()) {
            if (fields.number() == MessagePush.MESSAGES_FIELD_NUMBER) {
                message(sink);
            } else {
                fields.skip();
            }
        }
    }

    /** Reads the body of a PULL's reply; returns whether there is more than it holds. */
    public boolean pulled(ByteBuf body, MessageSink sink) {
        var more = false;
        fields.of(body);
        while (fields.next()) {
            switch (fields.number()) {
                case PullReply.RANGES_FIELD_NUMBER -> {
                    var outer = fields.enter();
                    range(sink);
                    fields.leave(outer);
                }
                case PullReply.MORE_FIELD_NUMBER -> more = fields.varint() != 0;
                default -> fields.skip();
            }
        }
        return more;
    }

    private void range(MessageSink sink) {
        var to = 0L;
        while (fields.next()) {
            switch (fields.number()) {
                case PulledRange.MESSAGES_FIELD_NUMBER -> message(sink);
                case PulledRange.TO_SEQUENCE_FIELD_NUMBER -> to = fields.varint();
                default -> fields.skip();
            }
        }
        sink.covered(to);
    }

    private void message(MessageSink sink) {
        var outer = fields.enter();
        message.read(fields);
        fields.leave(outer);
        sink.message(message);
    }

    /** Returns the highest delivered sequence that a RECEIPT names. */
    public long delivered(ByteBuf body) {
        return highest(body, ReceiptPush.RECEIPTS_FIELD_NUMBER, Receipt.DELIVERED_SEQUENCE_FIELD_NUMBER);
    }

    /** Returns the highest sequence that a NOTICE names. */
    public long noticed(ByteBuf body) {
        return highest(body, NoticePush.POSITIONS_FIELD_NUMBER, ConversationPosition.SEQUENCE_FIELD_NUMBER);
    }

    private long highest(ByteBuf body, int messages, int field) {
        var highest = 0L;
        fields.of(body);
        while (fields.next()) {
            if (fields.number() == messages) {
                var outer = fields.enter();
                highest = Math.max(highest, numberIn(field));
                fields.leave(outer);
            } else {
                fields.skip();
            }
        }
        return highest;
    }

    /** Returns a number of a message without others in it; 0 where it is left out. */
    public long number(ByteBuf body, int field) {
        fields.of(body);
        return numberIn(field);
    }

    private long numberIn(int field) {
        var number = 0L;
        while (fields.next()) {
            if (fields.number() == field) {
                number = fields.varint();
            } else {
                fields.skip();
            }
        }
        return number;
    }
}
