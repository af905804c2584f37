package im.magpie.bench.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.RequestDecoder;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.TextContent;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A SEND through the handlers of a connection, as a client encodes it and a gateway decodes it. {@link #passing} is what the pipeline takes without
 * them, {@link #parse} what protobuf takes for the same body, from an array: the packet itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class CodecBenchmark {

    /** How long the text is. */
    @Param({"100", "1000", "10000"})
    public int bytes = 100;

    /** Where buffers come from. */
    @Param({"POOLED", "ADAPTIVE", "UNPOOLED"})
    public Allocator allocator = Allocator.POOLED;

    private final Sink sink = new Sink();
    private final EmbeddedChannel decoder = new EmbeddedChannel();
    private final EmbeddedChannel encoder = new EmbeddedChannel();
    private final EmbeddedChannel nothing = new EmbeddedChannel();
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private Request.Send send = send(0);
    private byte[] body = {};

    /** Netty's allocators. */
    public enum Allocator {
        POOLED,
        ADAPTIVE,
        UNPOOLED;

        private ByteBufAllocator open() {
            return switch (this) {
                case POOLED -> PooledByteBufAllocator.DEFAULT;
                case ADAPTIVE -> new AdaptiveByteBufAllocator();
                case UNPOOLED -> UnpooledByteBufAllocator.DEFAULT;
            };
        }
    }

    @Setup(Level.Trial)
    public void connect() {
        send = send(bytes);
        body = send.body().toByteArray();
        var buffers = allocator.open();
        var client = Wire.ofClient(FrameLimits.DEFAULT, WireForm.PROTOBUF, false);
        var server = Wire.ofServer(FrameLimits.DEFAULT);
        encoder.config().setAllocator(buffers);
        decoder.config().setAllocator(buffers);
        encoder.pipeline().addLast(sink, new PacketEncoder(client));
        decoder.pipeline().addLast(new FrameDecoder(server), new RequestDecoder(server), sink);
        nothing.pipeline().addLast(sink);
        sink.copying(true);
        encode();
        sink.copying(false);
        frame = buffers.ioBuffer(sink.written().length, sink.written().length);
        frame.writeBytes(sink.written());
    }

    private static Request.Send send(int bytes) {
        return new Request.Send(
                7,
                SendRequest.newBuilder()
                        .setConversationId(
                                ConversationId.privateBetween("alice", "bob").toString())
                        .setClientMessageId(UuidV7.of(1_700_000_000_000L, 1, 2).toString())
                        .setContent(MessageContent.newBuilder()
                                .setText(TextContent.newBuilder().setText("x".repeat(bytes))))
                        .build());
    }

    @Benchmark
    public void encode() {
        encoder.pipeline().write(send, encoder.voidPromise());
    }

    @Benchmark
    public void decode(Blackhole hole) {
        decoder.pipeline().fireChannelRead(frame.setIndex(0, frame.capacity()).retain());
        hole.consume(sink.last());
    }

    /** Encodes what was decoded, of which nothing is known yet, such as its size. */
    @Benchmark
    public void decodeAndEncode(Blackhole hole) {
        decode(hole);
        encoder.pipeline().write(sink.last(), encoder.voidPromise());
    }

    @Benchmark
    public SendRequest parse() throws InvalidProtocolBufferException {
        return SendRequest.parseFrom(body);
    }

    @Benchmark
    public void passing(Blackhole hole) {
        nothing.pipeline().fireChannelRead(send);
        hole.consume(sink.last());
    }

    @TearDown(Level.Trial)
    public void close() {
        frame.release();
        decoder.finishAndReleaseAll();
        encoder.finishAndReleaseAll();
        nothing.finishAndReleaseAll();
    }
}
