package im.magpie.bench.client;

import com.google.protobuf.WireFormat;
import io.netty.buffer.ByteBuf;

/**
 * Walks over the fields of a protobuf message where it lies, without making an object of it. Messages within it are entered one level at a time. One
 * thread uses it.
 */
public final class Fields {

    private static final int VARINT_BITS = 7;
    private static final int VALUE = 0x7F;
    private static final int MORE = 0x80;

    private ByteBuf in;
    private int end;
    private int tag;

    public Fields(ByteBuf in) {
        this.in = in;
        this.end = in.writerIndex();
    }

    /** Begins with another message. */
    public void of(ByteBuf message) {
        in = message;
        end = message.writerIndex();
    }

    /** Goes to the next field, whose value has to be taken or skipped; false behind the last one. */
    public boolean next() {
        if (in.readerIndex() >= end) {
            return false;
        }
        tag = (int) varint();
        return true;
    }

    /** Returns the number of the field. */
    public int number() {
        return WireFormat.getTagFieldNumber(tag);
    }

    /** Takes a number. */
    public long varint() {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            var read = in.readByte();
            value |= (long) (read & VALUE) << shift;
            if (read >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number that does not end");
    }

    /** Takes the length of bytes, which {@link #index} then stands at. */
    public int length() {
        return (int) varint();
    }

    /** Enters the message that the field holds; returns what {@link #leave} wants. */
    public int enter() {
        var outer = end;
        var length = length();
        end = in.readerIndex() + length;
        return outer;
    }

    /** Leaves the message that was entered, wherever in it this stands. */
    public void leave(int outer) {
        in.readerIndex(end);
        end = outer;
    }

    /** Passes over the value of the field. */
    public void skip() {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> varint();
            case WireFormat.WIRETYPE_FIXED64 -> in.skipBytes(Long.BYTES);
            case WireFormat.WIRETYPE_FIXED32 -> in.skipBytes(Integer.BYTES);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.skipBytes(length());
            default -> throw new IllegalArgumentException("a field of an unknown type: " + tag);
        }
    }

    /** Returns where the next byte lies in {@link #buffer}. */
    public int index() {
        return in.readerIndex();
    }

    public ByteBuf buffer() {
        return in;
    }

    /** Returns how many bytes a number takes. */
    static int sizeOf(long value) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1)) / VARINT_BITS + 1;
    }

    static void write(ByteBuf out, long value) {
        var left = value;
        while ((left & ~VALUE) != 0) {
            out.writeByte(((int) left & VALUE) | MORE);
            left >>>= VARINT_BITS;
        }
        out.writeByte((int) left);
    }
}
