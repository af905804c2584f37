package im.magpie.bench.workload;

import im.magpie.bench.business.Office;
import im.magpie.bench.process.Servers;
import im.magpie.bench.report.Run;
import im.magpie.bench.site.Site;
import java.util.Locale;
import java.util.Map;

/**
 * What workloads need.
 *
 * @param journal takes each run as soon as it is over
 */
public record Bench(
        Site site,
        Servers servers,
        Office office,
        Settings settings,
        Progress progress,
        Journal journal,
        WarmUp warmUp) {

    /** Everything about a system that runs. */
    public static Bench of(Site site, Settings settings, Progress progress, Journal journal, boolean pin) {
        var servers = site.servers();
        var warmUp = new WarmUp(servers, progress, pin, settings.cold());
        return new Bench(site, servers, site.office(), settings, progress, journal, warmUp);
    }

    Run.Load load(String workload, String name, Map<String, Object> parameters) {
        return new Run.Load(workload, site.topology().name().toLowerCase(Locale.ROOT), name, parameters);
    }

    /** Returns a word that no other benchmark of this system begins its names with. */
    static String freshWord() {
        return "bench" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    }
}
