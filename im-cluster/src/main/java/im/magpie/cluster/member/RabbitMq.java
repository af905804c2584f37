package im.magpie.cluster.member;

import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The broker. It has one virtual host and one user, who may also use its management API; the guest that everybody knows never comes to be.
 *
 * @param management the port of the management API
 * @param distribution the port by which Erlang nodes, the broker's own tools among them, talk to it
 * @param names the port of the {@link Epmd}
 */
record RabbitMq(int port, int management, int distribution, int names, String password) implements Member {

    static final String NAME = "rabbitmq";
    static final String USER = "magpie";
    static final String VIRTUAL_HOST = "im";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, management, distribution);
    }

    @Override
    public Launch prepare(Path folder) throws IOException {
        PrivateFiles.write(folder.resolve("enabled_plugins"), "[rabbitmq_management].\n");
        PrivateFiles.write(folder.resolve("rabbitmq.conf"), configuration());
        // An option that the broker does not know, so that its process names the folder from the first moment on.
        return new Launch(List.of(Programs.RABBITMQ.path(), "-magpie", folder + "/"), environment(folder));
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Output("Server startup complete");
    }

    /** The defaults are what an empty broker begins with, and count at its first start only. */
    private String configuration() {
        return """
            listeners.tcp.1 = %1$s:%2$d
            management.tcp.ip = %1$s
            management.tcp.port = %3$d
            default_vhost = %4$s
            default_user = %5$s
            default_pass = %6$s
            log.console = true
            log.console.level = info
            """.formatted(ServerAddress.LOOPBACK, port, management, VIRTUAL_HOST, USER, password);
    }

    private Map<String, String> environment(Path folder) {
        return Map.ofEntries(
                // Erlang keeps its cookie there.
                Map.entry("HOME", folder.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(names)),
                Map.entry("ERL_EPMD_ADDRESS", ServerAddress.LOOPBACK),
                Map.entry("RABBITMQ_NODENAME", "magpie@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distribution)),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                Map.entry("RABBITMQ_LOGS", "-"),
                Map.entry(
                        "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        folder.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                // Makes the shell turn into the broker, which then has the process id that we know and hears what it is
                // told.
                Map.entry("RABBITMQ_ALLOW_INPUT", "true"),
                // Without the busy waiting of schedulers that have nothing to do.
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-noinput -kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio"
                                + " none"));
    }
}
