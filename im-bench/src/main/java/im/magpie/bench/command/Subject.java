package im.magpie.bench.command;

import im.magpie.bench.workload.Group;
import im.magpie.bench.workload.Growth;
import im.magpie.bench.workload.IdleConnections;
import im.magpie.bench.workload.LongRun;
import im.magpie.bench.workload.OneToOne;
import im.magpie.bench.workload.OpenOneToOne;
import im.magpie.bench.workload.WaitingMessages;
import im.magpie.bench.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What can be measured. */
enum Subject {
    W1,
    W1O,
    W2,
    W3,
    W4,
    W5,
    GROWTH,
    ALL;

    /** Returns the workloads of a choice, in their usual order. */
    static List<Subject> expand(List<Subject> chosen) {
        return Stream.of(values())
                .filter(subject -> subject != ALL && (chosen.contains(ALL) || chosen.contains(subject)))
                .toList();
    }

    /** @param data the data folder of the system */
    Workload workload(Path data) {
        return switch (this) {
            case W1 -> new OneToOne();
            case W1O -> new OpenOneToOne();
            case W2 -> new IdleConnections();
            case W3 -> new Group();
            case W4 -> new WaitingMessages();
            case W5 -> new LongRun(data.resolve("bench"));
            case GROWTH -> new Growth();
            case ALL -> throw new IllegalStateException("all of them is no workload");
        };
    }
}
