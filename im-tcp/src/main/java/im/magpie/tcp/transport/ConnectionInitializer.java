package im.magpie.tcp.transport;

import im.magpie.codec.frame.Wire;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.UnansweredLimit;
import im.magpie.tcp.login.LoginHandler;
import im.magpie.tcp.rate.ByteMeter;
import im.magpie.tcp.rate.ConnectionRate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Ticker;

/**
 * Makes the pipeline of every new connection. Transports differ only in how bytes become requests and packets become
 * bytes.
 */
abstract class ConnectionInitializer extends ChannelInitializer<Channel> {

    private static final int FLUSH_AFTER = 256;

    private final PipelineParts parts;

    ConnectionInitializer(PipelineParts parts) {
        this.parts = parts;
    }

    @Override
    protected final void initChannel(Channel channel) {
        var settings = parts.settings();
        if (!parts.admission().admit(channel)) {
            channel.close();
            return;
        }
        var rate = new ConnectionRate(parts.rates(), Ticker.systemTicker());
        var connection = Connection.open(
                parts.connectionIds().getAsLong(), channel, settings.delivery(), parts.deliveries(), rate);
        var wire = Wire.ofServer(settings.limits().frames());
        var pipeline = channel.pipeline();
        // Nearest to the socket: any byte shows that the peer lives, even one of a TLS handshake.
        pipeline.addLast("liveness", new Liveness(settings.deadAfter()));
        pipeline.addLast("slow-consumer", new SlowConsumer(settings.slowConsumerTimeout()));
        // Everything from here on sees plain bytes.
        var tls = parts.tls();
        if (tls != null) {
            pipeline.addLast("tls", tls.newHandler(channel.alloc()));
        }
        // What the client has written, without what TLS adds.
        pipeline.addLast("meter", new ByteMeter(rate));
        // Before anything that writes: replies and pushes that come together go to the socket together.
        pipeline.addLast("flush", new FlushConsolidationHandler(FLUSH_AFTER, true));
        addFraming(pipeline, wire);
        // Behind the decoders, which pass on all they have read: holds what is left of it while reading is stopped.
        pipeline.addLast("flow", new FlowControlHandler());
        // Sees every request that is taken on and every reply that goes out, LOGIN's too.
        pipeline.addLast("unanswered", new UnansweredLimit(settings.limits().maxUnanswered()));
        // Gives its place to the handler of all other requests once the device is known.
        pipeline.addLast(
                "login",
                new LoginHandler(
                        connection,
                        wire,
                        settings.login(),
                        parts.authenticator(),
                        parts.welcome(),
                        parts.requests()::of));
        // Last: the exceptions of all the others end here.
        pipeline.addLast("errors", new ConnectionErrors(connection));
    }

    /** Adds what turns the peer's bytes into {@link im.magpie.codec.packet.Request}s and our packets into bytes. */
    abstract void addFraming(ChannelPipeline pipeline, Wire wire);
}
