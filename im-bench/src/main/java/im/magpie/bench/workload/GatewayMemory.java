package im.magpie.bench.workload;

import im.magpie.bench.process.Jcmd;
import im.magpie.bench.process.Memory;
import im.magpie.bench.process.OpenFiles;
import im.magpie.bench.process.Servers;
import im.magpie.bench.site.Site;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the gateways that are measured hold at a moment, all together.
 *
 * @param resident bytes of the machine's memory
 * @param live bytes of objects that are in use, which no garbage blurs
 */
record GatewayMemory(long resident, long live) {

    /** Returns the first gateways of a system by their names; standalone has them all in one process. */
    static Map<String, Long> gateways(Servers servers, int many) {
        var gateways = servers.membersOf(Site.GATEWAY).entrySet().stream()
                .limit(many)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
        return gateways.isEmpty() ? servers.membersOf(Site.ALL_IN_ONE) : gateways;
    }

    /**
     * Sees to it that these gateways, and this process, may have so many connections.
     *
     * @throws im.magpie.bench.MeasurementException if they may not
     */
    static void requireFiles(Map<String, Long> gateways, int connections) {
        OpenFiles.require("this process", ProcessHandle.current().pid(), connections);
        gateways.forEach((name, pid) -> OpenFiles.require(name, pid, connections / gateways.size()));
    }

    static GatewayMemory of(Collection<Long> gateways) {
        var live = gateways.stream().mapToLong(Jcmd::liveBytes).sum();
        return new GatewayMemory(
                gateways.stream().mapToLong(pid -> Memory.of(pid).resident()).sum(), live);
    }

    /** Returns how many files they have open. */
    static int files(Collection<Long> gateways) {
        return gateways.stream().mapToInt(OpenFiles::of).sum();
    }
}
