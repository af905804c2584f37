package im.magpie.store.queue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.common.broker.StoreRecord.KindCase;

/** What the broker has handed over and waits to have acknowledged. */
sealed interface Delivery {

    /** The broker's number of it on its channel; they rise. */
    long tag();

    /** How many records it holds. */
    int records();

    /** How large it is, in bytes. */
    int size();

    /** An envelope of records that are all understood. */
    record Envelope(long tag, int size, StoreEnvelope content) implements Delivery {

        @Override
        public int records() {
            return content.getRecordsCount();
        }
    }

    /** Something that is no such envelope, and the reason. */
    record Unreadable(long tag, ByteString raw, String reason) implements Delivery {

        @Override
        public int records() {
            return 1;
        }

        @Override
        public int size() {
            return raw.size();
        }
    }

    /** Reads a delivery. The bytes must not change any more. */
    static Delivery read(long tag, byte[] body) {
        var raw = UnsafeByteOperations.unsafeWrap(body);
        try {
            var envelope = StoreEnvelope.parseFrom(raw);
            return envelope.getRecordsList().stream().anyMatch(record -> record.getKindCase() == KindCase.KIND_NOT_SET)
                    ? new Unreadable(tag, raw, "a record of an unknown kind")
                    : new Envelope(tag, body.length, envelope);
        } catch (InvalidProtocolBufferException e) {
            return new Unreadable(tag, raw, "not an envelope: " + e.getMessage());
        }
    }
}
