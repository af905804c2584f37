package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avatars of all kinds, also those of people who mean harm. */
class PortraitsTest {

    private static final int SIDE = 40;
    private static final byte[] PHOTO = Pixels.plain("png", 80, 80, Color.RED);

    private final Studio studio = new Studio(Duration.ofMillis(1_500), 8);
    private final AvatarServer server = studio.server;

    @AfterEach
    void close() {
        studio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void anAvatarIsFetched(String format) throws Exception {
        var address = server.serve("/a", Pixels.plain(format, 300, 200, Color.RED));

        assertThat(fetch(address)).isInstanceOfSatisfying(Portrait.Shown.class, shown -> {
            assertThat(shown.image().getWidth()).isGreaterThanOrEqualTo(SIDE);
            assertThat(Pixels.like(shown.image().getRGB(1, 1), Color.RED)).isTrue();
        });
        assertThat(studio.fetched("shown")).isEqualTo(1);
    }

    @Test
    void whoHasTheSameOneIsNotAskedForTwice() throws Exception {
        var address = server.serve("/a", PHOTO);

        assertThat(studio.portraits.fetch(List.of(address, address, address), SIDE))
                .hasSize(1);

        assertThat(server.asked()).containsExactly("/a");
    }

    @Test
    void nothingOfOursIsToldToAnybody() throws Exception {
        var headers = new CopyOnWriteArrayList<String>();
        var address = server.answer("/a", call -> {
            headers.addAll(call.getRequestHeaders().keySet());
            call.sendResponseHeaders(404, -1);
        });

        fetch(address);

        assertThat(headers).isSubsetOf("Accept", "Connection", "Content-length", "Host", "User-agent");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void nobodyIsFollowedElsewhere(int status) throws Exception {
        var inside = server.serve("/inside", PHOTO);
        var address = server.answer("/a", call -> {
            call.getResponseHeaders().set("Location", inside.toString());
            call.sendResponseHeaders(status, -1);
        });

        assertThat(fetch(address)).isEqualTo(Portrait.Missing.AWAY);
        assertThat(server.asked()).containsExactly("/a");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 206, 404, 429, 500, 503})
    void onlyASuccessCounts(int status) throws Exception {
        var address = server.answer("/a", call -> {
            call.sendResponseHeaders(status, PHOTO.length);
            call.getResponseBody().write(PHOTO);
        });

        assertThat(fetch(address)).isEqualTo(Portrait.Missing.AWAY);
        assertThat(studio.fetched("away")).isEqualTo(1);
    }

    @Test
    void whatIsTooLargeIsNotReadToItsEnd() throws Exception {
        var stopped = new CountDownLatch(1);
        var address = server.answer("/a", call -> {
            call.sendResponseHeaders(200, 0);
            try {
                for (var body = call.getResponseBody(); ; ) {
                    body.write(PHOTO);
                }
            } catch (IOException e) {
                stopped.countDown();
                throw e;
            }
        });

        assertThat(fetch(address)).isEqualTo(Portrait.Missing.UNUSABLE);
        stopped.await();
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedFor() throws Exception {
        var address = server.answer("/a", _ -> server.keepWaiting());
        var good = server.serve("/b", PHOTO);

        var portraits = studio.portraits.fetch(List.of(address, good), SIDE);

        assertThat(portraits).containsEntry(address, Portrait.Missing.AWAY);
        assertThat(portraits.get(good)).asInstanceOf(type(Portrait.Shown.class)).isNotNull();
    }

    /** It answers, but never comes to an end. */
    @Test
    void whoDripsIsNotWaitedFor() throws Exception {
        var address = server.answer("/a", call -> {
            call.sendResponseHeaders(200, PHOTO.length);
            call.getResponseBody().write(PHOTO, 0, 20);
            call.getResponseBody().flush();
            server.keepWaiting();
        });

        assertThat(fetch(address)).isEqualTo(Portrait.Missing.AWAY);
    }

    @Test
    void nineSlowOnesTakeNoLongerThanOne() throws Exception {
        var addresses = IntStream.range(0, 9)
                .mapToObj(i -> server.answer("/slow" + i, _ -> server.keepWaiting()))
                .toList();
        var begin = System.nanoTime();

        var portraits = studio.portraits.fetch(addresses, SIDE);

        assertThat(portraits.values()).containsOnly(Portrait.Missing.AWAY);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whoeverIsNotThereIsAway() throws Exception {
        var port = freePort();

        assertThat(fetch(URI.create("http://127.0.0.1:" + port + "/a"))).isEqualTo(Portrait.Missing.AWAY);
    }

    @Test
    void anotherTypeIsNotShown() throws Exception {
        var address = server.answer("/a", call -> {
            var page = "<html><body>hello</body></html>".getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Content-Type", "image/png");
            call.sendResponseHeaders(200, page.length);
            call.getResponseBody().write(page);
        });

        assertThat(fetch(address)).isEqualTo(Portrait.Missing.UNUSABLE);
        assertThat(studio.fetched("unusable")).isEqualTo(1);
    }

    @Test
    void whatIsPackedIsNotUnpacked() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[20_000_000]);
        }
        var address = server.answer("/a", call -> {
            call.getResponseHeaders().set("Content-Encoding", "gzip");
            call.sendResponseHeaders(200, packed.size());
            packed.writeTo(call.getResponseBody());
        });

        assertThat(fetch(address)).isEqualTo(Portrait.Missing.UNUSABLE);
    }

    @Test
    void tooManyPixelsAreNotShown() throws Exception {
        var large = Pixels.plain("png", 2_000, 1_000, Color.RED);
        assertThat(large.length).isLessThan(Studio.MAX_BYTES);

        assertThat(fetch(server.serve("/a", large))).isEqualTo(Portrait.Missing.UNUSABLE);
    }

    private Portrait fetch(URI address) throws InterruptedException {
        return Objects.requireNonNull(
                studio.portraits.fetch(List.of(address), SIDE).get(address));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
