package im.magpie.cluster.plan;

import im.magpie.infrastructure.FreePorts;
import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.KeyValueFile;
import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What should run in a cluster's folder, kept over restarts in three files that only their owner can read: {@code plan}, the topology;
 * {@code ports} and {@code secrets}, each chosen when it is first asked for. Safe for use by several threads.
 */
public final class Plan {

    private final Path folder;
    private final KeyValueFile file;
    private final FreePorts ports;
    private final Secrets secrets;
    private boolean portsMayMove;

    /**
     * The plan in this folder, which is created if it is missing.
     *
     * @throws InfrastructureException if it cannot be read or written
     */
    public Plan(Path folder) {
        try {
            // Servers change their working directory: only the real path means the same everywhere.
            this.folder = PrivateFiles.createFolder(folder).toRealPath();
        } catch (IOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "The folder " + folder + " cannot be used: " + e, e);
        }
        this.file = new KeyValueFile(this.folder.resolve("plan"));
        this.ports = new FreePorts(new KeyValueFile(this.folder.resolve("ports")));
        this.secrets = new Secrets(new KeyValueFile(this.folder.resolve("secrets")));
    }

    /** Returns what should run; as long as nobody has said, that is {@link Topology#DEFAULT}. */
    public Topology topology() {
        var otherwise = Topology.DEFAULT;
        return new Topology(
                read("gateways", Integer::valueOf, otherwise.gateways()),
                read("services", Integer::valueOf, otherwise.services()),
                read("stores", Integer::valueOf, otherwise.stores()),
                read("redis-replica", Boolean::valueOf, otherwise.redisReplica()),
                read("heartbeat", Duration::parse, otherwise.heartbeat()),
                read("through", Plan::portsByName, otherwise.through()));
    }

    /** Says what should run from now on. It neither starts nor stops anything. */
    public void change(Topology topology) {
        file.put("gateways", Integer.toString(topology.gateways()));
        file.put("services", Integer.toString(topology.services()));
        file.put("stores", Integer.toString(topology.stores()));
        file.put("redis-replica", Boolean.toString(topology.redisReplica()));
        file.put("heartbeat", topology.heartbeat().toString());
        file.put("through", text(topology.through()));
    }

    /** From now on a port that somebody else has taken is given up for another one. Only for when nothing runs that knows it. */
    public void letPortsMove() {
        portsMayMove = true;
    }

    /** Returns the port of this name. */
    public int port(String name) {
        return port(name, List.of());
    }

    /** Returns the first port of a server that listens on further ones, each at a fixed distance from it. */
    public int port(String name, List<Integer> distances) {
        return portsMayMove
                ? ports.choose(name, distances)
                : ports.chosen(name).orElseGet(() -> ports.choose(name, distances));
    }

    /** Returns the secret of this name. */
    public String secret(String name) {
        return secrets.of(name);
    }

    /** Returns the cluster's folder, by its real path. */
    public Path folder() {
        return folder;
    }

    /** Returns the folder of a member, which may not exist yet. */
    public Path folder(String member) {
        return folder.resolve(member);
    }

    private static String text(Map<String, Integer> ports) {
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .map(port -> port.getKey() + ":" + port.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static Map<String, Integer> portsByName(String text) {
        return Stream.of(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split(":", -1))
                .collect(Collectors.toMap(word -> word[0], word -> Integer.valueOf(word[1])));
    }

    private <T> T read(String name, Function<String, T> parser, T otherwise) {
        var text = file.get(name);
        return text == null ? otherwise : parser.apply(text);
    }
}
