package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
import java.awt.Color;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GalleryTest {

    private static final byte[] PHOTO = Pixels.plain("png", 80, 80, Color.RED);

    private final Studio studio = new Studio(Duration.ofSeconds(5), 2);

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void showsWhatCanBeFetchedAndPatternsForOthers() {
        var motif = Studio.motif(studio.server.serve("/a", PHOTO), null, studio.server.serve("/c", new byte[10]));

        var picture = studio.gallery.show(motif);

        assertThat(picture.complete()).isTrue();
        assertThat(Studio.tile(picture, motif, 0)).containsOnly(Color.RED.getRGB());
        assertThat(Studio.isPattern(picture, motif, 1)).isTrue();
        assertThat(Studio.isPattern(picture, motif, 2)).isTrue();
    }

    @Test
    void whatIsDrawnIsKept() {
        var motif = Studio.motif(studio.server.serve("/a", PHOTO), null);

        var first = studio.gallery.show(motif);

        assertThat(studio.gallery.show(motif)).isSameAs(first);
        assertThat(studio.server.asked()).containsExactly("/a");
        assertThat(drawn("complete")).isEqualTo(1);
    }

    @Test
    void whoeverComesMeanwhileWaitsForTheSame() throws Exception {
        var go = new CountDownLatch(1);
        var motif = Studio.motif(studio.server.answer("/a", call -> {
            go.await();
            call.sendResponseHeaders(200, PHOTO.length);
            call.getResponseBody().write(PHOTO);
        }));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shown = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> studio.gallery.show(motif), threads))
                    .toList();
            await().until(() -> !studio.server.asked().isEmpty());
            go.countDown();

            var pictures = shown.stream().map(CompletableFuture::join).distinct();
            assertThat(pictures).hasSize(1);
        }
        assertThat(studio.server.asked()).containsExactly("/a");
        assertThat(drawn("complete")).isEqualTo(1);
    }

    @Test
    void whatWasAwayIsAskedForAgainAfterAWhile() {
        var there = new AtomicBoolean();
        var motif = Studio.motif(studio.server.answer("/a", call -> {
            call.sendResponseHeaders(there.get() ? 200 : 503, PHOTO.length);
            call.getResponseBody().write(PHOTO);
        }));

        var without = studio.gallery.show(motif);
        assertThat(without.complete()).isFalse();
        assertThat(Studio.isPattern(without, motif, 0)).isTrue();

        there.set(true);
        assertThat(studio.gallery.show(motif)).isSameAs(without);
        studio.nanos.addAndGet(TimeUnit.MINUTES.toNanos(1) + 1);
        var with = studio.gallery.show(motif);
        assertThat(with.complete()).isTrue();
        assertThat(Studio.tile(with, motif, 0)).containsOnly(Color.RED.getRGB());
        assertThat(drawn("incomplete")).isEqualTo(1);
    }

    @Test
    void moreThanHaveRoomAreRefused() throws Exception {
        var blocked = IntStream.range(0, 3)
                .mapToObj(i -> Studio.motif(studio.server.answer("/slow" + i, _ -> studio.server.keepWaiting())))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> studio.gallery.show(blocked.get(0)));
            threads.submit(() -> studio.gallery.show(blocked.get(1)));
            await().until(() -> studio.server.asked().size() == 2);

            assertThatThrownBy(() -> studio.gallery.show(blocked.get(2)))
                    .isInstanceOfSatisfying(
                            MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
        }
        assertThat(studio.gallery.show(Studio.motif((URI) null)).complete())
                .as("there is room again")
                .isTrue();
    }

    /** One megabyte holds some hundreds of small pictures, not thousands. */
    @Test
    void whatIsKeptIsBounded() {
        for (var i = 0; i < 3_000; i++) {
            studio.gallery.show(motif(i));
        }
        var before = drawn("complete");

        for (var i = 0; i < 3_000; i++) {
            studio.gallery.show(motif(i));
        }

        assertThat(drawn("complete") - before).isGreaterThan(500);
    }

    private static Motif motif(int user) {
        return new Motif(
                new GroupKey("acme", "g" + user),
                IntStream.range(0, 4)
                        .mapToObj(i -> new Face("user" + user + "-" + i, null))
                        .toList(),
                32);
    }

    private double drawn(String result) {
        var timer = studio.registry
                .find("magpie.service.group.avatar")
                .tag("result", result)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
