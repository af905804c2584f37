package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Keeps a system on one core and this process on another, until it is closed. One thread uses it. */
public final class Pinning implements AutoCloseable {

    private static final Pattern MASK = Pattern.compile("affinity mask: ([0-9a-f,]+)");
    private static final String SERVERS = "0";
    private static final String GENERATOR = "1";

    private final Map<Long, String> masks = new LinkedHashMap<>();
    private final Thread lastResort = new Thread(this::undo, "unpin");

    /**
     * Pins all threads of all processes; threads and processes that they start go the same way.
     *
     * @throws MeasurementException where there are no two cores, or taskset is not there
     */
    public static Pinning of(Servers servers) {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new MeasurementException("--pin takes two cores, and there is one.");
        }
        var pinning = new Pinning();
        Runtime.getRuntime().addShutdownHook(pinning.lastResort);
        try {
            servers.pids().forEach(pinning::pinServer);
            pinning.pin(ProcessHandle.current().pid(), GENERATOR);
        } catch (MeasurementException e) {
            pinning.close();
            throw e;
        }
        return pinning;
    }

    private void pinServer(long pid) {
        try {
            pin(pid, SERVERS);
        } catch (MeasurementException e) {
            // What a server has started for a moment, Redis to rewrite its log, may have ended since.
            if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
                throw e;
            }
        }
    }

    private void pin(long pid, String core) {
        var mask = MASK.matcher(Command.run(List.of("taskset", "-p", Long.toString(pid))));
        if (!mask.find()) {
            throw new MeasurementException("Nobody knows where process %d may run.".formatted(pid));
        }
        masks.put(pid, mask.group(1));
        Command.run(List.of("taskset", "-a", "-p", "-c", core, Long.toString(pid)));
    }

    private void undo() {
        new ArrayList<>(masks.entrySet()).forEach(process -> {
            try {
                Command.run(List.of("taskset", "-a", "-p", process.getValue(), Long.toString(process.getKey())));
            } catch (MeasurementException _) {
                // It has ended in the meantime.
            }
        });
        masks.clear();
    }

    /** Lets everybody run where he might before. */
    @Override
    public void close() {
        undo();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
