package im.magpie.service.avatar;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches avatars from addresses that {@link AvatarSources} lets through. Follows nobody elsewhere, and keeps no more than a few at a time in the form in which they came.
 * Safe for use by many threads.
 */
final class Portraits implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Portraits.class);

    private static final int AT_ONCE = 16;
    private static final int OK = 200;

    private final Duration timeout;
    private final int maxBytes;
    private final PortraitDecoder decoder;
    private final Easel easel;
    private final AvatarMeters meters;
    private final HttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Portraits(AvatarProperties properties, Easel easel, AvatarMeters meters) {
        this.timeout = properties.fetchTimeout();
        this.maxBytes = Math.toIntExact(properties.maxBytes().toBytes());
        this.decoder = new PortraitDecoder(properties.maxPixels());
        this.easel = easel;
        this.meters = meters;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
    }

    /**
     * Returns what came of each address within the timeout, which all of them share.
     *
     * @param side as {@link PortraitDecoder#decode} takes it
     */
    Map<URI, Portrait> fetch(Collection<URI> addresses, int side) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        var asked = new LinkedHashMap<URI, Future<Portrait>>();
        addresses.forEach(address ->
                asked.computeIfAbsent(address, _ -> threads.submit(() -> fetchOne(address, side))));
        var portraits = new HashMap<URI, Portrait>();
        try {
            for (var each : asked.entrySet()) {
                var portrait = await(each.getValue(), deadline);
                meters.fetched(portrait);
                portraits.put(each.getKey(), portrait);
            }
        } finally {
            asked.values().forEach(one -> one.cancel(true));
        }
        return portraits;
    }

    private static Portrait await(Future<Portrait> portrait, long deadline) throws InterruptedException {
        try {
            return portrait.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return Portrait.Missing.AWAY;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an avatar can't be fetched", e.getCause());
        }
    }

    /** Is interrupted when its time is over. */
    private Portrait fetchOne(URI address, int side) throws InterruptedException {
        turns.acquire();
        try {
            return show(address, get(address), side);
        } catch (IOException e) {
            log.debug("The avatar {} does not come", address, e);
            return Portrait.Missing.AWAY;
        } finally {
            turns.release();
        }
    }

    /** Returns at most one byte more than an avatar may have. */
    private byte[] get(URI address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "image/png, image/jpeg")
                .header("User-Agent", "Magpie")
                .timeout(timeout)
                .build();
        var answer = http.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new IOException("answered by " + answer.statusCode());
            }
            return body.readNBytes(maxBytes + 1);
        }
    }

    private Portrait show(URI address, byte[] bytes, int side) throws InterruptedException {
        try {
            if (bytes.length > maxBytes) {
                throw new IOException("more than %d bytes".formatted(maxBytes));
            }
            return new Portrait.Shown(easel.work(() -> decoder.decode(bytes, side)));
        } catch (IOException | ExecutionException e) {
            log.debug("The avatar {} is not usable", address, e);
            return Portrait.Missing.UNUSABLE;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
