package im.magpie.tcp.lane;

import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.Request;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.fixture.ConnectionRates;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.send.SendChecks;
import im.magpie.tcp.send.SendMeters;
import im.magpie.tcp.send.Sends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one SEND of many costs a gateway when the services answer at once.
 *
 * <p>All threads are virtual and have one core between them. So the lane begins only when all sends wait that are to wait together, and the
 * time that passes is the processor time of both sides. Who offers stands for the event loop, except that the lane's thread encodes the answers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Djmh.executor=VIRTUAL",
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class LaneBenchmark {

    static final int SENDS = 512;

    private static final int MAX_BATCH = 256;
    private static final int MEBIBYTE = 1 << 20;

    /** A request, and the connection it comes by. */
    private record Incoming(Sends sends, Request.Send request) {}

    /** How many sends wait together, each of a connection and a conversation of its own. It divides {@link #SENDS}. */
    @Param({"1", "64", "512"})
    public int waiting = 1;

    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Lanes lanes = new Lanes(
            LaneSettingsOf.capacity(2048).with(MAX_BATCH, 2 * MEBIBYTE, Duration.ofSeconds(30)),
            new PromptMessages(MAX_BATCH),
            Ticker.systemTicker(),
            registry,
            Tracing.off());
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<Incoming> incoming = new ArrayList<>();
    private final List<SubmitItem> items = new ArrayList<>();

    @Setup(Level.Trial)
    public void connect() {
        var meters = new SendMeters(registry);
        for (var id = 0; id < waiting; id++) {
            var sends = new Sends(connection(id), new SendChecks(MEBIBYTE), lanes, meters, Tracing.off());
            incoming.add(new Incoming(sends, request(id)));
            items.add(item(id));
        }
    }

    private static Request.Send request(int id) {
        var send = Requests.send(id + 1, Requests.id(id), "x".repeat(100));
        return new Request.Send(
                send.requestId(),
                send.body().toBuilder().setConversationId(conversation(id)).build());
    }

    private static String conversation(int id) {
        return "private_alice%d_bob".formatted(id);
    }

    private Connection connection(int id) {
        var channel = new EmbeddedChannel(acknowledgements, new PacketEncoder(Wire.ofServer(FrameLimits.DEFAULT)));
        channels.add(channel);
        var connection = Connection.open(
                id,
                channel,
                new DeliverySettings(256, List.of(Duration.ofSeconds(5))),
                new DeliveryMeters(registry),
                ConnectionRates.unlimited());
        connection.loggedIn(SessionRef.newBuilder()
                .setAppId("demo")
                .setUserId("alice" + id)
                .setIncarnation("node-1")
                .build());
        return connection;
    }

    private static SubmitItem item(int id) {
        return SubmitItem.newBuilder()
                .setAppId("demo")
                .setSenderId("alice" + id)
                .setConversationId(conversation(id))
                .setClientMessageId(SendChecks.clientMessageId(Requests.id(id)))
                .setContent(request(id).body().getContent().toByteString())
                .setIncarnation("node-1")
                .setConnectionId(id)
                .build();
    }

    /** The lane alone, from the offer to the answer. Returns how many sends were acknowledged. */
    @Benchmark
    @OperationsPerInvocation(SENDS)
    public int lane() throws InterruptedException {
        var acknowledged = 0;
        for (var round = 0; round < SENDS / waiting; round++) {
            acknowledgements.begin(waiting);
            for (var item : items) {
                if (!lanes.offer(new PendingSend(item, acknowledgements::hear))) {
                    throw new IllegalStateException("a lane that has room is full");
                }
            }
            acknowledged += acknowledgements.await();
        }
        return acknowledged;
    }

    /** The same with what a connection does around it: from a decoded SEND to its encoded answer. */
    @Benchmark
    @OperationsPerInvocation(SENDS)
    public int send() throws InterruptedException {
        var acknowledged = 0;
        for (var round = 0; round < SENDS / waiting; round++) {
            acknowledgements.begin(waiting);
            for (var each : incoming) {
                each.sends().send(each.request());
            }
            acknowledged += acknowledgements.await();
        }
        return acknowledged;
    }

    @TearDown(Level.Trial)
    public void close() {
        lanes.close();
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }
}
