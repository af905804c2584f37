package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application may bring event loops of its own. */
class EventLoopsTest {

    private final EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup local = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

    @AfterEach
    void close() {
        nio.shutdownGracefully();
        local.shutdownGracefully();
    }

    @Test
    void connectsOverNioWhereThoseWorkWithIt() {
        try (var gateway = new FakeGateway();
                var _ = MagpieClient.start(
                        TestClients.alice(gateway, new Ears()).withEventLoops(nio))) {
            gateway.accept().welcome();
        }
    }

    @Test
    void refusesLoopsThatConnectNowhere() {
        try (var gateway = new FakeGateway()) {
            var options = TestClients.alice(gateway, new Ears()).withEventLoops(local);
            assertThatThrownBy(() -> MagpieClient.start(options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("epoll or NIO");
        }
    }
}
