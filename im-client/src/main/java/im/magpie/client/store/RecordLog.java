package im.magpie.client.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.Parser;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only grows: records of a type, a length, so many bytes of protobuf, and a checksum over all of it. What a
 * crash has torn at the end is cut off when it is opened, and what is before it stays. Not safe for use by many
 * threads.
 */
final class RecordLog implements Closeable {

    /** Hears of the records of a log that is opened, from the first on. */
    interface Visitor {
        void visit(byte type, ByteString body, long offset) throws IOException;
    }

    static final byte[] MAGIC = {'m', 'a', 'g', 'p', 'i', 'e', 0, 1};

    private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    // Not a FileChannel, which closes itself when a thread that uses it is interrupted.
    private final RandomAccessFile file;
    private long end;

    private RecordLog(RandomAccessFile file, long end) {
        this.file = file;
        this.end = end;
    }

    /**
     * Opens a log, or makes it.
     *
     * @throws IOException also when the file is none of ours
     */
    static RecordLog open(Path path, Visitor visitor) throws IOException {
        var end = Files.exists(path) ? scan(path, visitor) : 0;
        var file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (end == 0) {
                file.write(MAGIC);
                end = MAGIC.length;
            }
            if (file.length() > end) {
                LOG.warn("{}: cut the last {} bytes, which are torn", path, file.length() - end);
                file.setLength(end);
            }
            return new RecordLog(file, end);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Reads all that is whole. Returns how many bytes that are; 0 when not even the magic is. */
    static long scan(Path path, Visitor visitor) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(new FileInputStream(path.toFile()), 1 << 16))) {
            var magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, 0, magic.length, MAGIC, 0, magic.length)) {
                throw new IOException(path + " is not a client's log");
            }
            if (magic.length < MAGIC.length) {
                return 0;
            }
            long end = MAGIC.length;
            for (var record = next(in); record != null; record = next(in)) {
                visitor.visit(record.type(), record.body(), end);
                end += size(record.body().size());
            }
            return end;
        }
    }

    private record Whole(byte type, ByteString body) {}

    /** Returns null where there is no whole record any more. */
    private static @Nullable Whole next(DataInputStream in) throws IOException {
        try {
            var type = in.readByte();
            var length = in.readInt();
            if (length < 0 || length > MAX_BODY_BYTES) {
                return null;
            }
            var body = in.readNBytes(length);
            return body.length == length && in.readInt() == checksum(type, body)
                    ? new Whole(type, ByteString.copyFrom(body))
                    : null;
        } catch (EOFException _) {
            return null;
        }
    }

    /** Returns the offset of the record. When it throws, the log is as it was. */
    long append(byte type, byte[] body) throws IOException {
        var record = ByteBuffer.allocate(size(body.length))
                .put(type)
                .putInt(body.length)
                .put(body)
                .putInt(checksum(type, body));
        var offset = end;
        // In one call, and at the end of what is whole: half a record that a full disk has left there is overwritten.
        file.seek(offset);
        file.write(record.array());
        end += record.capacity();
        return offset;
    }

    /** Reads the record at an offset again. */
    <M> M read(long offset, Parser<M> parser) throws IOException {
        file.seek(offset + 1);
        var body = new byte[file.readInt()];
        file.readFully(body);
        return parser.parseFrom(body);
    }

    long size() {
        return end;
    }

    /** Returns how many bytes a record with such a body takes. */
    static int size(int bodyBytes) {
        return HEADER_BYTES + bodyBytes + Integer.BYTES;
    }

    /** Makes sure that what was written outlives the machine too. */
    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static int checksum(byte type, byte[] body) {
        var crc = new CRC32C();
        crc.update(
                ByteBuffer.allocate(HEADER_BYTES).put(type).putInt(body.length).flip());
        crc.update(body);
        return (int) crc.getValue();
    }
}
