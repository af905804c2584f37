package im.magpie.bench.client;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;

/** What is read of a message that came, before the next one is. Others than ours, such as events of groups, have no payload. One thread uses it. */
public final class MessageView {

    private final Payload payload = new Payload();
    private long sequence;
    private boolean ours;

    /** Reads the message that the fields have entered. */
    void read(Fields fields) {
        sequence = 0;
        ours = false;
        while (fields.next()) {
            switch (fields.number()) {
                case ChatMessage.SEQUENCE_FIELD_NUMBER -> sequence = fields.varint();
                case ChatMessage.CONTENT_FIELD_NUMBER -> {
                    var outer = fields.enter();
                    content(fields);
                    fields.leave(outer);
                }
                default -> fields.skip();
            }
        }
    }

    private void content(Fields fields) {
        while (fields.next()) {
            if (fields.number() == MessageContent.TEXT_FIELD_NUMBER) {
                var outer = fields.enter();
                text(fields);
                fields.leave(outer);
            } else {
                fields.skip();
            }
        }
    }

    private void text(Fields fields) {
        while (fields.next()) {
            if (fields.number() == TextContent.TEXT_FIELD_NUMBER && fields.length() >= Payload.BYTES) {
                payload.read(fields.buffer(), fields.index());
                ours = true;
            }
            // There is nothing behind the text.
            return;
        }
    }

    public long sequence() {
        return sequence;
    }

    /** Returns whether it is one of the generator's. */
    public boolean ours() {
        return ours;
    }

    public Payload payload() {
        return payload;
    }
}
