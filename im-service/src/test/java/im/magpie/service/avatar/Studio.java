package im.magpie.service.avatar;

import im.magpie.service.membership.GroupKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Everything that draws, over a server of avatars, by a clock that stands still. */
final class Studio implements AutoCloseable {

    static final int SIDE = 128;
    static final int MAX_BYTES = 100_000;

    final AvatarServer server = new AvatarServer();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final AtomicLong nanos = new AtomicLong();
    final Easel easel = new Easel(1);
    final Portraits portraits;
    final Gallery gallery;

    Studio(Duration fetchTimeout, int maxWaiting) {
        var properties = new AvatarProperties(
                List.of(server.prefix()),
                fetchTimeout,
                DataSize.ofBytes(MAX_BYTES),
                1_000_000,
                DataSize.ofMegabytes(1),
                1,
                maxWaiting);
        var meters = new AvatarMeters(registry);
        portraits = new Portraits(properties, easel, meters);
        gallery = new Gallery(properties, portraits, easel, meters, nanos::get);
    }

    /** Returns a motif of people called user0, user1 and so on, with these avatars. */
    static Motif motif(@Nullable URI... avatars) {
        return new Motif(
                new GroupKey("acme", "friends"),
                IntStream.range(0, avatars.length)
                        .mapToObj(i -> new Face("user" + i, avatars[i]))
                        .toList(),
                SIDE);
    }

    /** Returns what is to be seen of the one at that place. */
    static int[] tile(Picture picture, Motif motif, int index) {
        return Pixels.of(
                Pixels.read(picture.png()),
                Mosaic.tiles(motif.faces().size(), motif.side()).get(index));
    }

    static boolean isPattern(Picture picture, Motif motif, int index) {
        var side = Mosaic.tileSide(motif.faces().size(), motif.side());
        return Arrays.equals(
                tile(picture, motif, index),
                Pixels.pattern(motif.faces().get(index).id(), side));
    }

    double fetched(String outcome) {
        var counter = registry.find("magpie.service.fetched.avatars")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        server.close();
        gallery.close();
        portraits.close();
        easel.close();
    }
}
