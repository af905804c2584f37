package im.magpie.bench.workload;

import im.magpie.bench.report.Run;
import im.magpie.bench.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The runs that are over. One thread uses it. */
public final class Journal {

    private final Progress progress;
    private final List<Run> runs = new ArrayList<>();

    public Journal(Progress progress) {
        this.progress = progress;
    }

    /** Takes a run, and says what it came to. */
    void add(Run run) {
        runs.add(run);
        progress.say("%s, run %d: %.1f us of CPU a %s, %,.0f a second; generator %.2f cores"
                .formatted(
                        run.load().title(),
                        run.number(),
                        run.cpuMicros(),
                        run.unit(),
                        run.perSecond(),
                        run.generatorCores()));
    }

    public List<Run> runs() {
        return List.copyOf(runs);
    }

    /** Returns how many messages a second the last load of a workload got through, the median of its runs. */
    OptionalDouble perSecond(String workload) {
        var last = runs.stream()
                .filter(run -> run.load().workload().equals(workload))
                .reduce((_, later) -> later)
                .map(Run::load);
        return last.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Spread.of(runs.stream()
                                .filter(run -> run.load().equals(last.get()))
                                .mapToDouble(Run::perSecond))
                        .median());
    }
}
