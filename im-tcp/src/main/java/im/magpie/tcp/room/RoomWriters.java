package im.magpie.tcp.room;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The writers of all event loops. Safe for use by many threads. */
final class RoomWriters {

    private final ConcurrentMap<EventLoop, LoopWriter> byLoop = new ConcurrentHashMap<>();

    void write(EventLoop loop, Pass pass) {
        byLoop.computeIfAbsent(loop, LoopWriter::new).add(pass);
    }
}
