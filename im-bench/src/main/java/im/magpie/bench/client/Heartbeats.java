package im.magpie.bench.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes the PINGs of an event loop's connections, spread evenly over the interval that the server asks for. */
final class Heartbeats {

    private static final int TICK_MILLIS = 50;

    private final EventLoop loop;
    private final List<Peer> peers = new ArrayList<>();
    private long intervalMillis;
    private double due;
    private int next;

    Heartbeats(EventLoop loop) {
        this.loop = loop;
    }

    /** From now on this one is kept alive. Any thread may call it. */
    void add(Peer peer, long intervalMillis) {
        loop.execute(() -> {
            peers.add(peer);
            if (this.intervalMillis == 0) {
                loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
            this.intervalMillis = intervalMillis;
        });
    }

    private void tick() {
        due += (double) peers.size() * TICK_MILLIS / intervalMillis;
        for (; due >= 1; due--) {
            next = next + 1 < peers.size() ? next + 1 : 0;
            peers.get(next).ping();
        }
    }
}
