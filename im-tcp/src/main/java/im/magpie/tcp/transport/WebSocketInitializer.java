package im.magpie.tcp.transport;

import im.magpie.codec.frame.FrameHeader;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.RequestDecoder;
import im.magpie.codec.websocket.BinaryMessageDecoder;
import im.magpie.codec.websocket.BinaryMessageEncoder;
import im.magpie.codec.websocket.TextMessageDecoder;
import im.magpie.codec.websocket.TextMessageEncoder;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.util.List;

/** WebSocket at {@code /im}: one frame a binary message, one packet a text message. */
final class WebSocketInitializer extends ConnectionInitializer {

    private static final String PATH = "/im";
    private static final int MAX_HANDSHAKE_BYTES = 8 * 1024;

    private final List<String> allowedOrigins;
    private final int maxMessageBytes;
    private final WebSocketServerProtocolConfig config;

    WebSocketInitializer(PipelineParts parts, List<String> allowedOrigins) {
        super(parts);
        this.allowedOrigins = allowedOrigins;
        // The codec knows which limit holds before login and which after it; this one bounds what is gathered for it.
        this.maxMessageBytes = parts.settings().limits().maxBodyBytes() + FrameHeader.BYTES;
        this.config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(PATH)
                .checkStartsWith(true)
                .maxFramePayloadLength(maxMessageBytes)
                .handshakeTimeoutMillis(parts.settings().login().deadline().toMillis())
                .build();
    }

    @Override
    void addFraming(ChannelPipeline pipeline, Wire wire) {
        pipeline.addLast("http", new HttpServerCodec());
        pipeline.addLast("http-aggregator", new HttpObjectAggregator(MAX_HANDSHAKE_BYTES));
        // Before the handshake is answered: a page of a foreign origin must not get its connection.
        pipeline.addLast("handshake-check", new HandshakeCheck(PATH, allowedOrigins));
        pipeline.addLast("websocket", new WebSocketServerProtocolHandler(config));
        pipeline.addLast("message-aggregator", new WebSocketFrameAggregator(maxMessageBytes));
        pipeline.addLast("binary-decoder", new BinaryMessageDecoder(wire));
        pipeline.addLast("text-decoder", new TextMessageDecoder(wire));
        pipeline.addLast("request-decoder", new RequestDecoder(wire));
        // Outbound, these are met from the last to the first: packets of text connections never reach the two that make
        // binary messages.
        pipeline.addLast("binary-encoder", new BinaryMessageEncoder());
        pipeline.addLast("packet-encoder", new PacketEncoder(wire));
        pipeline.addLast("text-encoder", new TextMessageEncoder(wire));
    }
}
