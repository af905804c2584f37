package im.magpie.service.testing;

import im.magpie.common.broker.BrokerNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.util.FileSystemUtils;

/** A real broker in this JVM that can go and come back, on the same port and with what was durable. */
public final class EmbeddedBroker {

    private static final Object LOCK = new Object();
    private static @Nullable EmbeddedBroker shared;

    private final int port = freePort();
    private final Path folder;
    private @Nullable SystemLauncher launcher;

    private EmbeddedBroker(Path folder) {
        this.folder = folder;
    }

    /** Returns the broker that the tests of a JVM share. Whoever stops it resumes it. */
    public static EmbeddedBroker shared() {
        synchronized (LOCK) {
            if (shared == null) {
                var started = start();
                Runtime.getRuntime().addShutdownHook(new Thread(started::remove));
                shared = started;
            }
            return shared;
        }
    }

    private static EmbeddedBroker start() {
        try {
            var broker = new EmbeddedBroker(Files.createTempDirectory("broker"));
            broker.resume();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the broker's life; connections break. */
    public void stop() {
        if (launcher != null) {
            launcher.shutdown();
            launcher = null;
        }
    }

    private void remove() {
        stop();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the broker again. */
    public void resume() {
        var configuration = folder.resolve("config.json");
        try {
            // What is durable lies in the virtual host; this copy of the first configuration would be preferred for
            // ever.
            Files.deleteIfExists(configuration);
            launcher = new SystemLauncher(new DefaultSystemLauncherListener() {
                @Override
                public void errorOnStartup(RuntimeException e) {
                    throw e;
                }
            });
            launcher.startup(Map.of(
                    SystemConfig.TYPE,
                    "JSON",
                    "storePath",
                    configuration.toString(),
                    SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                    String.valueOf(EmbeddedBroker.class.getResource("/qpid.json")),
                    SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                    false,
                    SystemConfig.CONTEXT,
                    Map.of(SystemConfig.QPID_WORK_DIR, folder.toString(), "test.port", Integer.toString(port))));
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not start", e);
        }
    }

    /** Returns where it listens, on the loopback address; its user is guest with the password guest. */
    public int port() {
        return port;
    }

    /** Returns connections as a publisher of confirmed messages needs them. */
    public CachingConnectionFactory confirmed() {
        return connections(ConfirmType.CORRELATED);
    }

    /** Returns connections as others need them. */
    public CachingConnectionFactory unconfirmed() {
        return connections(ConfirmType.NONE);
    }

    private CachingConnectionFactory connections(ConfirmType confirms) {
        var connections = new CachingConnectionFactory("127.0.0.1", port);
        connections.setUsername("guest");
        connections.setPassword("guest");
        connections.setPublisherConfirmType(confirms);
        connections.setPublisherReturns(true);
        return connections;
    }

    /** Declares a store queue. */
    public void declareStoreQueue(RabbitAdmin admin, int number) {
        declare(admin, BrokerNames.STORE_EXCHANGE, BrokerNames.storeQueue(number), Integer.toString(number));
    }

    /** Leaves a store queue without its binding, so that nothing that is published reaches it. */
    public void cutStoreQueue(RabbitAdmin admin, int number) {
        var queue = new Queue(BrokerNames.storeQueue(number), true);
        var exchange = new DirectExchange(BrokerNames.STORE_EXCHANGE);
        admin.removeBinding(BindingBuilder.bind(queue).to(exchange).with(Integer.toString(number)));
    }

    /** Declares the queue of a gateway node's incarnation; unlike a real one it outlives its connection. */
    public void declarePushQueue(RabbitAdmin admin, String incarnation) {
        declare(admin, BrokerNames.PUSH_EXCHANGE, BrokerNames.pushQueue(incarnation), incarnation);
    }

    private static void declare(RabbitAdmin admin, String exchange, String name, String key) {
        var direct = new DirectExchange(exchange);
        var queue = new Queue(name, true);
        admin.declareExchange(direct);
        admin.declareQueue(queue);
        admin.declareBinding(BindingBuilder.bind(queue).to(direct).with(key));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
