package im.magpie.infrastructure;

import static java.util.Map.entry;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker in this JVM (Qpid Broker-J), on a loopback port of its own and with a generated password. Its messages and durable
 * queues lie in the data directory and survive a kill of the JVM; a confirmed message is on disk.
 *
 * <p>It is not RabbitMQ: it refuses queue and exchange arguments that it does not know, instead of passing over them, and answers an
 * unroutable mandatory message with a negative confirm and a return, where RabbitMQ returns it and confirms. When a consumer's connection
 * breaks, it takes back what was not acknowledged one message after the other, and serves the next consumer meanwhile: a few may come out
 * of order, where RabbitMQ keeps it. Single active consumers, confirms, manual acknowledgements and direct, topic and fanout routing are the
 * same.
 *
 * <p>It can be stopped and started again and keeps its port. Safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** The one virtual host. */
    public static final String VIRTUAL_HOST = "im";

    private static final String USER = "magpie";

    private final Path folder;
    private final String password;
    private final FreePorts ports;
    private @Nullable RunningBroker running;
    private int port;

    /** A server over these data that is yet to be started. The data directory stays open until it is closed. */
    public EmbeddedBroker(DataDirectory data) {
        this.folder = data.folder("broker");
        this.password = data.secret("broker");
        this.ports = data.ports();
    }

    /**
     * Starts the broker, if it does not run, and returns when it accepts connections. The broker finds its plug-ins by the calling thread's
     * context class loader.
     *
     * @throws InfrastructureException if it does not come up
     */
    public synchronized void start() {
        if (running != null) {
            return;
        }
        if (port == 0) {
            port = ports.listen("broker", this::launch);
        } else {
            launch(port);
        }
    }

    /** Returns where it listens, also while it is stopped. */
    public synchronized ServerAddress address() {
        if (port == 0) {
            throw new IllegalStateException("The broker was never started");
        }
        return ServerAddress.onLoopback(port, USER, password);
    }

    /** Returns the settings by which Magpie's services find it. */
    public Map<String, String> settings() {
        var address = address();
        return Map.of(
                "im.broker.addresses", address.toString(),
                "im.broker.virtual-host", VIRTUAL_HOST,
                "im.broker.username", address.credentials().user(),
                "im.broker.password", address.credentials().password());
    }

    /** Returns the folder of its data. While the broker is stopped its content may be exchanged, or deleted. */
    public Path folder() {
        return folder;
    }

    /** Returns how many messages a queue holds, unacknowledged ones included; 0 when there is no such queue, or no broker at the moment. */
    public int depth(String queue) {
        return queue(queue).map(Queue::getQueueDepthMessages).orElse(0);
    }

    /** Returns how many consume a queue; 0 when there is no such queue, or no broker at the moment. */
    public int consumers(String queue) {
        return queue(queue).map(found -> found.getConsumers().size()).orElse(0);
    }

    /** Closes every connection without a word, as a network would. */
    public synchronized void dropConnections() {
        if (running != null) {
            running.dropConnections();
        }
    }

    private synchronized Optional<Queue<?>> queue(String name) {
        return running == null ? Optional.empty() : running.queue(name);
    }

    /** Closes all connections and stops the broker. It can be started again. */
    @Override
    public synchronized void close() {
        if (running != null) {
            running.shutdown();
            running = null;
        }
    }

    private void launch(int candidate) {
        var configuration = folder.resolve("config.json");
        try {
            // Else the broker would prefer the copy that it once made of its configuration there.
            Files.deleteIfExists(configuration);
            running = RunningBroker.launch(systemAttributes(configuration, candidate));
        } catch (Exception e) {
            throw new InfrastructureException(
                    Code.SERVER_FAILED, "The broker did not start on port " + candidate + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> systemAttributes(Path configuration, int candidate) {
        var context = Map.ofEntries(
                entry(SystemConfig.QPID_WORK_DIR, folder.toString()),
                entry("magpie.broker.host", ServerAddress.LOOPBACK),
                entry("magpie.broker.port", Integer.toString(candidate)),
                entry("magpie.broker.user", USER),
                entry("magpie.broker.password", password));
        return Map.ofEntries(
                entry(SystemConfig.TYPE, "JSON"),
                entry("storePath", configuration.toString()),
                entry(SystemConfig.INITIAL_CONFIGURATION_LOCATION, resource("broker.json")),
                entry(SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION, resource("broker.properties")),
                entry(SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false),
                entry(SystemConfig.CONTEXT, context));
    }

    private static String resource(String name) {
        return Objects.requireNonNull(EmbeddedBroker.class.getResource(name), name)
                .toString();
    }
}
