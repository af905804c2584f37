package im.magpie.infrastructure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.ConfiguredObject;
import org.apache.qpid.server.model.Container;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHost;
import org.apache.qpid.server.model.VirtualHostNode;
import org.jspecify.annotations.Nullable;

/** One life of the broker, and the view of its insides that AMQP does not give. */
final class RunningBroker {

    private final SystemLauncher launcher;
    private final Container<?> broker;

    private RunningBroker(SystemLauncher launcher, Container<?> broker) {
        this.launcher = launcher;
        this.broker = broker;
    }

    /** Returns a broker that accepts connections. */
    static RunningBroker launch(Map<String, Object> systemAttributes) throws Exception {
        var failure = new AtomicReference<@Nullable RuntimeException>();
        var system = new AtomicReference<@Nullable SystemConfig<?>>();
        var launcher = new SystemLauncher(new DefaultSystemLauncherListener() {
            @Override
            public void errorOnStartup(RuntimeException e) {
                failure.set(e);
            }

            @Override
            public void onContainerResolve(SystemConfig<?> resolved) {
                system.set(resolved);
            }
        });
        launcher.startup(systemAttributes);
        var cause = failure.get();
        if (cause != null) {
            throw cause;
        }
        var resolved = Objects.requireNonNull(system.get(), "the broker has no system");
        var broker = Objects.requireNonNull(resolved.getContainer(), "the system has no broker");
        removeShutdownHook(broker);
        return new RunningBroker(launcher, broker);
    }

    /** With the broker's own hook it would be gone at a SIGTERM while the services still hand it what they have; it has no setting for that. */
    private static void removeShutdownHook(Container<?> broker) throws ReflectiveOperationException {
        var hook = broker.getClass().getSuperclass().getDeclaredField("_shutdownHook");
        hook.setAccessible(true);
        Runtime.getRuntime().removeShutdownHook((Thread) hook.get(broker));
    }

    Optional<Queue<?>> queue(String name) {
        return child(virtualHost(), Queue.class, name).map(queue -> (Queue<?>) queue);
    }

    void dropConnections() {
        for (var connection : List.copyOf(virtualHost().getConnections())) {
            connection.deleteAsync();
        }
    }

    void shutdown() {
        launcher.shutdown();
    }

    private VirtualHost<?> virtualHost() {
        var node = child(broker, VirtualHostNode.class, EmbeddedBroker.VIRTUAL_HOST);
        return Objects.requireNonNull(node.orElseThrow().getVirtualHost(), "the virtual host does not run");
    }

    @SuppressWarnings("rawtypes")
    private static <T extends ConfiguredObject> Optional<T> child(
            ConfiguredObject<?> parent, Class<T> type, String name) {
        return parent.getChildren(type).stream()
                .filter(child -> child.getName().equals(name))
                .findAny();
    }
}
