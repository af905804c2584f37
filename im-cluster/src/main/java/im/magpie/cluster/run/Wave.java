package im.magpie.cluster.run;

import im.magpie.cluster.member.Member;
import im.magpie.infrastructure.FreePorts;
import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts members that do not need each other. */
final class Wave {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Path cluster;
    private final Report report;
    private final Duration patience;

    Wave(Path cluster, Report report) {
        this(cluster, report, PATIENCE);
    }

    Wave(Path cluster, Report report, Duration patience) {
        this.cluster = cluster;
        this.report = report;
        this.patience = patience;
    }

    /**
     * Starts those that do not run, and returns when all are ready.
     *
     * @throws InfrastructureException if one of them does not come up; those that have come up stay
     */
    void start(List<Member> members) {
        Together.run(members, this::start);
    }

    private void start(Member member) {
        var process = MemberProcess.of(cluster, member.name());
        var begin = System.nanoTime();
        var starts = !process.isRunning();
        if (starts) {
            requireFreePorts(member);
            try {
                process.start(member.prepare(process.createFolder()));
            } catch (IOException e) {
                throw new InfrastructureException(
                        Code.SERVER_FAILED, member.name() + " cannot be started: " + e.getMessage(), e);
            }
        }
        awaitReady(member, process, begin + patience.toNanos());
        if (starts) {
            report.say("%s is ready after %.1f s".formatted(member.name(), (System.nanoTime() - begin) / 1e9));
        }
    }

    private static void requireFreePorts(Member member) {
        for (var port : member.ports()) {
            if (!FreePorts.isFree(port)) {
                throw new InfrastructureException(
                        Code.NO_FREE_PORT, "Port %d of %s is taken by another process.".formatted(port, member.name()));
            }
        }
    }

    private void awaitReady(Member member, MemberProcess process, long deadline) {
        while (!member.readiness().isReady(process.log())) {
            if (!process.isRunning()) {
                throw failure(member, "ended before it was ready", process);
            }
            if (System.nanoTime() > deadline) {
                throw failure(member, "was not ready after " + patience.toSeconds() + " s", process);
            }
            pause(member);
        }
    }

    private static InfrastructureException failure(Member member, String what, MemberProcess process) {
        return new InfrastructureException(
                Code.SERVER_FAILED,
                member.name() + " " + what + ". " + process.log().end());
    }

    private static void pause(Member member) {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException(Code.INTERRUPTED, "Interrupted while waiting for " + member.name(), e);
        }
    }
}
