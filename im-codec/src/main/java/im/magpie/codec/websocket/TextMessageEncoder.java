package im.magpie.codec.websocket;

import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.json.TextForm;
import im.magpie.codec.packet.Packet;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;

/**
 * Writes packets as text messages on connections that logged in with one. Stands nearer to the pipeline's tail than
 * {@link im.magpie.codec.packet.PacketEncoder}, which gets the packets of all other connections.
 */
public final class TextMessageEncoder extends MessageToMessageEncoder<Packet> {

    private final Wire wire;

    public TextMessageEncoder(Wire wire) {
        super(Packet.class);
        this.wire = wire;
    }

    @Override
    public boolean acceptOutboundMessage(Object message) throws Exception {
        return wire.form() == WireForm.TEXT && super.acceptOutboundMessage(message);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Packet packet, List<Object> out) {
        out.add(new TextWebSocketFrame(TextForm.print(packet)));
    }
}
