package im.magpie.nacos;

import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerProvider;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;

/** Puts every gRPC server that is asked for by its port alone, as that of Raft is, on the loopback address. Found by gRPC's service loader. */
public final class LoopbackServerProvider extends ServerProvider {

    private static final int ABOVE_ALL_OTHERS = 10;

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return ABOVE_ALL_OTHERS;
    }

    @Override
    protected ServerBuilder<?> builderForPort(int port) {
        return NettyServerBuilder.forAddress(new InetSocketAddress(NacosServer.LOOPBACK, port));
    }

    @Override
    protected NewServerBuilderResult newServerBuilderForPort(int port, ServerCredentials credentials) {
        return NewServerBuilderResult.serverBuilder(
                NettyServerBuilder.forAddress(new InetSocketAddress(NacosServer.LOOPBACK, port), credentials));
    }
}
