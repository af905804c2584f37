package im.magpie.infrastructure;

import static java.util.Map.entry;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker in this JVM (Qpid Broker-J), on a loopback port of its own and with a generated password. Its messages and durable
 * queues lie in the data directory and survive a kill of the JVM; a confirmed message is on disk.
 *
 * <p>It is not RabbitMQ: it refuses queue and exchange arguments that it does not know, instead of passing over them, and answers an
 * unroutable mandatory message with a negative confirm and a return, where RabbitMQ returns it and confirms. Single active consumers,
 * confirms, manual acknowledgements and direct, topic and fanout routing are the same.
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
    private @Nullable SystemLauncher launcher;
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
        if (launcher != null) {
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

    /** Closes all connections and stops the broker. It can be started again. */
    @Override
    public synchronized void close() {
        if (launcher != null) {
            launcher.shutdown();
            launcher = null;
        }
    }

    private void launch(int candidate) {
        var configuration = folder.resolve("config.json");
        try {
            // Else the broker would prefer the copy that it once made of its configuration there.
            Files.deleteIfExists(configuration);
            var failure = new AtomicReference<@Nullable RuntimeException>();
            var system = new AtomicReference<@Nullable SystemConfig<?>>();
            var launched = new SystemLauncher(new DefaultSystemLauncherListener() {
                @Override
                public void errorOnStartup(RuntimeException e) {
                    failure.set(e);
                }

                @Override
                public void onContainerResolve(SystemConfig<?> resolved) {
                    system.set(resolved);
                }
            });
            launched.startup(systemAttributes(configuration, candidate));
            var cause = failure.get();
            if (cause != null) {
                throw cause;
            }
            removeShutdownHook(Objects.requireNonNull(system.get(), "the broker has no system"));
            launcher = launched;
        } catch (Exception e) {
            throw new InfrastructureException(
                    Code.SERVER_FAILED, "The broker did not start on port " + candidate + ": " + e.getMessage(), e);
        }
    }

    /** With the broker's own hook it would be gone at a SIGTERM while the services still hand it what they have; it has no setting for that. */
    private static void removeShutdownHook(SystemConfig<?> system) throws ReflectiveOperationException {
        var broker = Objects.requireNonNull(system.getContainer(), "the system has no broker");
        var hook = broker.getClass().getSuperclass().getDeclaredField("_shutdownHook");
        hook.setAccessible(true);
        Runtime.getRuntime().removeShutdownHook((Thread) hook.get(broker));
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
