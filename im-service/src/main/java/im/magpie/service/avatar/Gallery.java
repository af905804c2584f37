package im.magpie.service.avatar;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pictures, drawn when somebody wants to see them for the first time and kept for a while. Safe for use by many threads. */
final class Gallery implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofHours(1);
    /** How long something that did not come is not asked for again. */
    private static final Duration KEPT_INCOMPLETE = Duration.ofMinutes(1);

    private final Portraits portraits;
    private final Easel easel;
    private final AvatarMeters meters;
    private final Semaphore places;
    private final AsyncCache<Motif, Picture> pictures;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Gallery(AvatarProperties properties, Portraits portraits, Easel easel, AvatarMeters meters, Ticker ticker) {
        this.portraits = portraits;
        this.easel = easel;
        this.meters = meters;
        this.places = new Semaphore(properties.maxWaiting());
        this.pictures = Caffeine.newBuilder()
                .maximumWeight(properties.cache().toBytes())
                .<Motif, Picture>weigher(
                        (motif, picture) -> motif.weight() + picture.png().size())
                .expireAfter(
                        Expiry.<Motif, Picture>writing((_, picture) -> picture.complete() ? KEPT : KEPT_INCOMPLETE))
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
    }

    /**
     * Returns the picture of a motif. Whoever wants one that is being drawn waits for it too.
     *
     * @throws MagpieException BUSY when too many are under way
     */
    Picture show(Motif motif) {
        try {
            return pictures.get(motif, (wanted, _) -> begin(wanted)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new MagpieException(ErrorCode.BUSY, "pictures take long at present", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MagpieException(ErrorCode.UNAVAILABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a picture can't be drawn", e.getCause());
        }
    }

    private CompletableFuture<Picture> begin(Motif motif) {
        if (!places.tryAcquire()) {
            throw new MagpieException(ErrorCode.BUSY, "too many pictures are under way");
        }
        return CompletableFuture.supplyAsync(() -> draw(motif), threads).whenComplete((_, _) -> places.release());
    }

    private Picture draw(Motif motif) {
        var begin = System.nanoTime();
        try {
            var addresses = motif.faces().stream()
                    .map(Face::avatar)
                    .filter(Objects::nonNull)
                    .toList();
            var side = Mosaic.tileSide(motif.faces().size(), motif.side());
            var shown = new HashMap<URI, BufferedImage>();
            var complete = true;
            for (var fetched : portraits.fetch(addresses, side).entrySet()) {
                switch (fetched.getValue()) {
                    case Portrait.Shown(var image) -> shown.put(fetched.getKey(), image);
                    case Portrait.Missing.UNUSABLE -> {}
                    case Portrait.Missing.AWAY -> complete = false;
                }
            }
            var picture = new Picture(easel.work(() -> Mosaic.draw(motif, shown)), complete);
            meters.drawn(picture, begin);
            return picture;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
