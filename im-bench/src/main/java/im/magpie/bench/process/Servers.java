package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The processes of a system, by the names of its members. Safe for use by many threads. */
public final class Servers {

    /** What the programs of a server that a member has started begin with, and what they are called here. */
    private static final Map<String, String> PROGRAMS = Map.of("mariadbd", "mariadb", "redis-server", "redis");

    private final Map<String, Long> members;

    /** @param members the first process of each */
    public Servers(Map<String, Long> members) {
        if (members.isEmpty()) {
            throw new MeasurementException("None of the system's processes runs any more.");
        }
        this.members = new TreeMap<>(members);
    }

    /**
     * Returns the processes of each member, its first one first. A database or Redis that a member has started is one of its own.
     *
     * @throws MeasurementException if a member has ended
     */
    public Map<String, List<ProcessStat>> processes() {
        var table = ProcessTable.now();
        var all = new TreeMap<String, List<ProcessStat>>();
        members.forEach((name, pid) -> {
            var tree = table.tree(pid);
            if (tree.isEmpty()) {
                throw new MeasurementException("%s (process %d) has ended.".formatted(name, pid));
            }
            tree.forEach(process -> all.computeIfAbsent(nameOf(process, name), _ -> new ArrayList<>())
                    .add(process));
        });
        return all;
    }

    private static String nameOf(ProcessStat process, String member) {
        return PROGRAMS.entrySet().stream()
                .filter(_ -> !member.startsWith("redis") && !member.startsWith("mariadb"))
                .filter(program -> process.name().startsWith(program.getKey()))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse(member);
    }

    /** Returns the ids of all processes. */
    public List<Long> pids() {
        return processes().values().stream()
                .flatMap(List::stream)
                .map(ProcessStat::pid)
                .toList();
    }

    /** Returns what every role has spent up to now. */
    public CpuTime cpu() {
        return new CpuTime(processes().entrySet().stream()
                .collect(Collectors.toMap(
                        member -> role(member.getKey()), member -> nanos(member.getValue()), Long::sum, TreeMap::new)));
    }

    private static long nanos(List<ProcessStat> processes) {
        return processes.stream().mapToLong(ProcessStat::cpuNanos).sum();
    }

    /** Returns the most memory in bytes that each member has ever held. */
    public Map<String, Long> peakMemory() {
        return memory(Memory::peak);
    }

    /** Returns the memory in bytes that each member holds. */
    public Map<String, Long> residentMemory() {
        return memory(Memory::resident);
    }

    private Map<String, Long> memory(ToLongFunction<Memory> part) {
        var bytes = new TreeMap<String, Long>();
        processes()
                .forEach((name, processes) -> bytes.put(
                        name,
                        processes.stream()
                                .mapToLong(process -> part.applyAsLong(Memory.of(process.pid())))
                                .sum()));
        return bytes;
    }

    /** Returns the first processes of the members of a role, by their names. */
    public Map<String, Long> membersOf(String role) {
        return members.entrySet().stream()
                .filter(member -> role(member.getKey()).equals(role))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
    }

    /** All processes of a service count as one. */
    private static String role(String member) {
        return member.replaceFirst("-\\d+$", "");
    }
}
