package im.magpie.e2e.system;

/** A process of a cluster, by the name that its status shows. Nobody starts it again but {@link #comeBack}. */
public final class Member extends Server {

    private final Cluster cluster;
    private final String name;

    Member(Cluster cluster, String name) {
        super(name);
        this.cluster = cluster;
        this.name = name;
    }

    @Override
    ProcessHandle process() {
        return cluster.process(name).orElseThrow(() -> new AssertionError("no " + name + " runs"));
    }

    @Override
    public void comeBack() {
        cluster.command("restart", name);
    }

    /** Asks it to end, waits until it has, and starts it again; returns when it is ready. */
    public void restart() {
        cluster.command("restart", name);
    }
}
