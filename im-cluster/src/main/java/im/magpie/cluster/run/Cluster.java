package im.magpie.cluster.run;

import im.magpie.cluster.member.JavaPrograms;
import im.magpie.cluster.member.Member;
import im.magpie.cluster.member.Members;
import im.magpie.cluster.member.WrongClock;
import im.magpie.cluster.plan.Plan;
import im.magpie.cluster.plan.Topology;
import im.magpie.infrastructure.DataDirectory;
import im.magpie.infrastructure.DirectoryLock;
import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.PidFile.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Changes what runs. At most one process does so at a time with one cluster. */
public final class Cluster implements AutoCloseable {

    private static final long SPACE_FOR_WORK = 1L << 30;

    private final Plan plan;
    private final JavaPrograms java;
    private final Report report;
    private final DirectoryLock lock;

    private Cluster(Plan plan, JavaPrograms java, Report report, DirectoryLock lock) {
        this.plan = plan;
        this.java = java;
        this.report = report;
        this.lock = lock;
    }

    /**
     * Takes the cluster in this folder for this process.
     *
     * @throws InfrastructureException if somebody else is changing it, or the folder cannot be used
     */
    public static Cluster open(Path folder, JavaPrograms java, Report report) {
        var plan = new Plan(folder);
        return new Cluster(plan, java, report, lock(plan.folder(), DirectoryLock::take));
    }

    /**
     * Takes part in the cluster in this folder, for what concerns single members: others may do so at the same time, but nobody changes the plan.
     *
     * @throws InfrastructureException if somebody is changing it, or the folder cannot be used
     */
    public static Cluster join(Path folder, JavaPrograms java, Report report) {
        var plan = new Plan(folder);
        return new Cluster(plan, java, report, lock(plan.folder(), DirectoryLock::share));
    }

    private interface Locking {
        DirectoryLock take(Path folder) throws IOException;
    }

    private static DirectoryLock lock(Path folder, Locking locking) {
        try {
            return locking.take(folder);
        } catch (IOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "The folder " + folder + " cannot be used: " + e, e);
        }
    }

    public Topology topology() {
        return plan.topology();
    }

    /**
     * Makes it so: starts what is missing, wave by wave, and stops what is too much. What fails to start leaves the rest as it is.
     *
     * @throws InfrastructureException if a member does not start; the message names its log
     */
    public Members bring(Topology topology) {
        requireSpace();
        var addresses = new AddressFile(plan.folder());
        if (running().isEmpty()) {
            addresses.delete();
            plan.letPortsMove();
        }
        var members = Members.of(plan, topology, java);
        // Behind the choice of ports: whoever reads the topology finds them all.
        plan.change(topology);
        stop(surplus(members));
        for (var wave : members.waves()) {
            new Wave(plan.folder(), report).start(wave);
        }
        addresses.write(members.addresses());
        return members;
    }

    /** Stops everything, whatever needs others before those; says whether there was anything to stop. */
    public boolean stop() {
        new AddressFile(plan.folder()).delete();
        var members = members();
        var running = running();
        stop(surplus(members));
        for (var wave : members.waves().reversed()) {
            stop(wave.stream().map(this::processOf).toList());
        }
        return !running.isEmpty();
    }

    /** Ends a member at once, as a power failure would; says whether it lived. */
    public boolean kill(String name) {
        var process = processOf(require(name));
        try (var _ = lockOf(process)) {
            return process.kill();
        }
    }

    /**
     * Stops a member if it runs, and starts it again.
     *
     * @param ahead by how much its clock is ahead of the right time from then on, until it is started again
     */
    public void restart(String name, Duration ahead) {
        var member = require(name);
        try (var _ = lockOf(processOf(member))) {
            stop(List.of(processOf(member)));
            new Wave(plan.folder(), report).start(List.of(ahead.isZero() ? member : WrongClock.of(member, ahead)));
        }
    }

    /** The right to one member. */
    private static DirectoryLock lockOf(MemberProcess process) {
        return lock(process.folder(), _ -> DirectoryLock.take(process.createFolder()));
    }

    @Override
    public void close() {
        lock.close();
    }

    private void requireSpace() {
        try {
            DataDirectory.requireSpace(plan.folder(), SPACE_FOR_WORK);
        } catch (IOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "The folder " + plan.folder() + " cannot be used: " + e, e);
        }
    }

    private Members members() {
        return Members.of(plan, plan.topology(), java);
    }

    private List<MemberProcess> running() {
        return MemberProcess.allRunning(plan.folder());
    }

    private List<MemberProcess> surplus(Members members) {
        var planned = members.all().stream().map(Member::name).collect(Collectors.toSet());
        return running().stream()
                .filter(process -> !planned.contains(process.name()))
                .toList();
    }

    private void stop(List<MemberProcess> processes) {
        Together.run(processes, process -> {
            if (process.isRunning()) {
                report.say(
                        process.stop() == Ending.KILLED
                                ? process.name() + " did not end when it was asked to, and was killed"
                                : process.name() + " has stopped");
            }
        });
    }

    private MemberProcess processOf(Member member) {
        return MemberProcess.of(plan.folder(), member.name());
    }

    private Member require(String name) {
        var members = members();
        return members.find(name)
                .orElseThrow(() -> new InfrastructureException(
                        Code.SERVER_FAILED,
                        "There is no member \"%s\". There are %s."
                                .formatted(
                                        name,
                                        members.all().stream().map(Member::name).collect(Collectors.joining(", ")))));
    }
}
