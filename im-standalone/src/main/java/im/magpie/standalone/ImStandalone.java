package im.magpie.standalone;

import im.magpie.infrastructure.DataDirectory;
import im.magpie.infrastructure.EmbeddedInfrastructure;
import im.magpie.infrastructure.InfrastructureException;
import java.net.BindException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;

/** The whole system in one JVM. Ends with status 1, and one sentence on standard error, when it can't start. */
public final class ImStandalone implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ImStandalone.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    private ImStandalone() {}

    public static void main(String[] arguments) {
        // The services share one process; each finds the others in it without asking a network.
        System.setProperty("dubbo.connectivity.validation", "false");
        var system = new ImStandalone();
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop"));
        try {
            system.start(StandaloneOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            fail(e.getMessage() + "\n" + StandaloneOptions.USAGE);
        } catch (InfrastructureException e) {
            fail(e.getMessage());
        } catch (RuntimeException e) {
            log.error("The start failed", e);
            fail(reason(e));
        }
    }

    private synchronized void start(StandaloneOptions options) {
        var data = add(DataDirectory.open(options.data()));
        var infrastructure = add(EmbeddedInfrastructure.start(data));
        var arguments = new ServiceArguments(options, infrastructure, data.secret("app"));
        var services = add(Services.start(options, arguments));
        add(new Supervision(infrastructure));
        var addresses = new AddressFile(data.path());
        add(addresses::delete);
        addresses.write(services, options, infrastructure);
        log.info("Magpie is ready");
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Stops everything in the opposite order of its start; waits for a start that is under way. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("Did not stop cleanly", e);
            }
        }
        log.info("Magpie has stopped");
    }

    private static String reason(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return "Port " + taken.getPort() + " is taken by another process.";
            }
            if (cause instanceof BindException) {
                return "A port is taken by another process: " + cause.getMessage();
            }
        }
        return "Magpie could not start: " + failure.getMessage();
    }

    private static void fail(@Nullable String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
