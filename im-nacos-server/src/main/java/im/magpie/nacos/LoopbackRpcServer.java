package im.magpie.nacos;

import com.alibaba.nacos.api.common.Constants;
import com.alibaba.nacos.common.remote.ConnectionType;
import com.alibaba.nacos.core.remote.BaseRpcServer;
import com.alibaba.nacos.core.remote.ConnectionManager;
import com.alibaba.nacos.core.remote.grpc.AddressTransportFilter;
import com.alibaba.nacos.core.remote.grpc.GrpcBiStreamRequestAcceptor;
import com.alibaba.nacos.core.remote.grpc.GrpcConnectionInterceptor;
import com.alibaba.nacos.core.remote.grpc.GrpcRequestAcceptor;
import com.alibaba.nacos.core.utils.GlobalExecutor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What the clients of Nacos connect to: as Nacos' own gRPC server, but on the loopback address. */
final class LoopbackRpcServer extends BaseRpcServer {

    private final GrpcRequestAcceptor requests;
    private final GrpcBiStreamRequestAcceptor streams;
    private final ConnectionManager connections;
    private @Nullable Server server;

    LoopbackRpcServer(
            GrpcRequestAcceptor requests, GrpcBiStreamRequestAcceptor streams, ConnectionManager connections) {
        this.requests = requests;
        this.streams = streams;
        this.connections = connections;
    }

    @Override
    public ConnectionType getConnectionType() {
        return ConnectionType.GRPC;
    }

    @Override
    public int rpcPortOffset() {
        return Constants.SDK_GRPC_PORT_DEFAULT_OFFSET;
    }

    @Override
    public void startServer() throws IOException {
        var remoteAddress = new GrpcConnectionInterceptor();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(NacosServer.LOOPBACK, getServicePort()))
                .executor(GlobalExecutor.sdkRpcExecutor)
                .addService(ServerInterceptors.intercept(requests, remoteAddress))
                .addService(ServerInterceptors.intercept(streams, remoteAddress))
                .addTransportFilter(new AddressTransportFilter(connections))
                .build()
                .start();
    }

    @Override
    public void shutdownServer() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}
