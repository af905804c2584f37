package im.magpie.tcp.room;

import com.google.protobuf.ByteString;
import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import im.magpie.tcp.room.Said.Rank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is written to all connections of a room at once, the same bytes for all.
 *
 * @param all everything
 * @param events what of it is written to whoever does not keep up; null for nothing
 * @param allEvents whether nothing of it may be left out
 * @param out who is out of the room behind it; null for nobody
 */
record Parcel(
        EncodedPush all,
        @Nullable EncodedPush events,
        boolean allEvents,
        @Nullable Predicate<Visit> out) {

    /** Makes a parcel of at least one, in their order. */
    static Parcel of(List<Said> said) {
        var events = said.stream().filter(one -> one.rank() == Rank.EVENT).toList();
        var all = push(said);
        var only = events.size() == said.size();
        return new Parcel(
                all,
                events.isEmpty() ? null : only ? all : push(events),
                only,
                said.getLast().out());
    }

    /** Bodies of a room may be concatenated. */
    private static EncodedPush push(List<Said> said) {
        return new EncodedPush(
                Command.ROOM_PUSH, said.size() == 1 ? said.getFirst().bytes() : concatenated(said));
    }

    /** In one piece, which is copied to each connection without another step. */
    private static ByteString concatenated(List<Said> said) {
        var bytes = ByteString.newOutput(
                said.stream().mapToInt(one -> one.bytes().size()).sum());
        try {
            for (var one : said) {
                one.bytes().writeTo(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString();
    }

    int size() {
        return all.bytes().size();
    }
}
