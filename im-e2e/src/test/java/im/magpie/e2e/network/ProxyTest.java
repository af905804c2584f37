package im.magpie.e2e.network;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.system.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyTest {

    /** A seed by which the first connection is much later than the second. */
    private static final long SECOND_FIRST = LongStream.range(0, 1_000)
            .filter(seed -> {
                var random = new SplittableRandom(seed);
                return random.nextDouble() > 0.8 && random.nextDouble() < 0.2;
            })
            .findFirst()
            .orElseThrow();

    private final ServerSocket server = listen();
    private final Proxy proxy = Proxy.to(this::address, 7, SECOND_FIRST);
    private final List<AutoCloseable> open = new ArrayList<>(List.of(proxy, server));
    private final Line client = connect();
    private final Line served = accept();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private Line connect() {
        return keep(Line.to(proxy));
    }

    private Line accept() {
        try {
            return keep(new Line(server.accept()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Line keep(Line line) {
        open.add(line);
        return line;
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void carriesEverythingBothWays() {
        var text = "all that somebody says, and more than is carried at once;".repeat(1_000);
        client.says(text);
        served.awaitHeard(text).says("an answer");
        client.awaitHeard("an answer");
    }

    @Test
    void passesAnEndOnAsAnEnd() {
        client.says("a question").ends();
        served.awaitHeard("a question").awaitEnd().says("an answer").ends();
        client.awaitHeard("an answer").awaitEnd();
        awaitConnections(0);
    }

    @Test
    void passesABreakOn() {
        served.breaks();
        client.awaitOver();
        awaitConnections(0);
    }

    @Test
    void countsConnections() {
        connect();
        accept();
        assertThat(proxy.connections()).isEqualTo(2);
        proxy.cut();
        assertThat(proxy.connections()).isZero();
        assertThat(proxy.accepted()).isEqualTo(2);
    }

    @Test
    void cutsAllConnectionsAndTakesNewOnes() {
        proxy.cut();
        client.awaitOver();
        served.awaitOver();
        connect().says("again");
        accept().awaitHeard("again");
    }

    @Test
    void cutsOffWhoeverFindsNobody() throws IOException {
        server.close();
        connect().awaitOver();
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void findsTheServerAnewForEveryConnection() throws IOException {
        server.close();
        try (var other = listen();
                var moved =
                        Proxy.to(() -> new InetSocketAddress(other.getInetAddress(), other.getLocalPort()), 100, 1)) {
            var line = keep(Line.to(moved)).says("hello");
            keep(new Line(other.accept())).awaitHeard("hello");
            assertThat(line.isOpen()).isTrue();
        }
    }

    @Test
    void isLateByTheTimeOfTheConnection() {
        proxy.weather(new Weather.Slow(Duration.ofMillis(100), Duration.ofMillis(100)));
        var begin = System.nanoTime();
        client.says("ping");
        served.awaitHeard("ping").says("pong");
        client.awaitHeard("pong");
        assertThat(System.nanoTime() - begin)
                .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
    }

    /** Far more pieces than could follow each other if each waited for the one before. */
    @Test
    void isLateWithoutBeingSlow() {
        proxy.weather(new Weather.Slow(Duration.ofMillis(100), Duration.ofMillis(100)));
        var text = "0123456".repeat(500);
        client.says(text);
        var begin = System.nanoTime();
        served.awaitHeard(text);
        assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void hasConnectionsOvertakeEachOther() {
        var second = connect();
        var secondServed = accept();
        proxy.weather(new Weather.Slow(Duration.ZERO, Duration.ofSeconds(2)));
        client.says("first");
        second.says("second");
        secondServed.awaitHeard("second");
        assertThat(served.heard()).isEmpty();
        served.awaitHeard("first");
    }

    @Test
    void keepsTheOrderWithinAConnectionWhenItClearsUp() {
        proxy.weather(new Weather.Slow(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        client.says("first, ");
        assertThat(served.heard()).isEmpty();
        proxy.weather(Weather.CLEAR);
        client.says("second");
        served.awaitHeard("first, second");
    }

    @Test
    void losesEverythingUntilTheConnectionIsCut() {
        var silent = connect();
        var silentServed = accept();
        proxy.weather(Weather.LOSSY);
        client.says("lost");
        served.says("lost too");
        Await.until("both ways have lost something", () -> proxy.lost() == "lostlost too".length());
        assertThat(client.isOpen()).isTrue();
        assertThat(served.isOpen()).isTrue();

        proxy.weather(Weather.CLEAR);

        assertThat(client.awaitOver().heard()).isEmpty();
        assertThat(served.awaitOver().heard()).isEmpty();
        silent.says("nothing of this was lost");
        silentServed.awaitHeard("nothing of this was lost");
    }

    @Test
    void takesNobodyInWhenItIsClosed() {
        proxy.weather(Weather.CLOSED);
        connect().awaitOver();
        client.says("still here");
        served.awaitHeard("still here");
        proxy.weather(Weather.CLEAR);
        connect().says("hello");
        accept().awaitHeard("hello");
    }

    @Test
    void closesOneHalfTowardsTheServer() {
        proxy.halfClose(Side.SERVER);
        served.awaitEnd().says("are you there?");
        client.awaitHeard("are you there?").says("yes");
        assertThat(served.heard()).isEmpty();
        assertThat(client.isOpen()).isTrue();
        served.close();
        client.awaitOver();
    }

    @Test
    void closesOneHalfTowardsTheClient() {
        proxy.halfClose(Side.CLIENT);
        client.awaitEnd().says("are you there?");
        served.awaitHeard("are you there?").says("yes");
        assertThat(client.heard()).isEmpty();
        client.close();
        served.awaitOver();
    }

    @Test
    void breaksEverythingWhenItIsClosedForGood() {
        proxy.close();
        client.awaitOver();
        served.awaitOver();
    }

    private void awaitConnections(int count) {
        Await.until(count + " connections are left", () -> proxy.connections() == count);
    }
}
