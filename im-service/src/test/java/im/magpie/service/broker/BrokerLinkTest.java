package im.magpie.service.broker;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestBroker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

class BrokerLinkTest {

    private final CachingConnectionFactory connections = TestBroker.shared().confirmed();
    private final BrokerLink link = BrokerLink.of(connections);

    @AfterEach
    void close() {
        connections.destroy();
    }

    @Test
    void aBlockedConnectionIsNotReadyUntilItIsUnblocked() {
        assertThat(link.ready()).isTrue();

        link.handleBlocked("no memory");
        link.handleBlocked("no memory");
        assertThat(link.ready()).isFalse();

        link.handleUnblocked();
        assertThat(link.ready()).isTrue();
    }

    @Test
    void whoWaitsGoesOnWhenTheBlockedConnectionIsClosed() throws Exception {
        assertThat(link.ready()).isTrue();
        link.handleBlocked("no disk");
        var through = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                link.awaitUnblocked();
                through.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        connections.resetConnection();
        connections.createConnection();

        assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
