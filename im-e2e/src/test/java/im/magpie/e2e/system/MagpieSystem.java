package im.magpie.e2e.system;

import java.nio.file.Path;
import java.util.List;

/**
 * A whole Magpie with two gateways and data of its own. It may stop, be killed and start again on the same data as often as a story asks for it;
 * its ports may change each time.
 */
public sealed interface MagpieSystem extends AutoCloseable permits Standalone, Cluster {

    /** Starts a system without any data: the one that {@code -Dmagpie.system} names, standalone or cluster. */
    static MagpieSystem startNew(String name) {
        return isCluster() ? Cluster.startNew(name) : Standalone.startNew(name);
    }

    /** Returns whether the tests run against a cluster. */
    static boolean isCluster() {
        return System.getProperty("magpie.system", "standalone").equals("cluster");
    }

    /** Starts it and returns when it is ready. */
    void start();

    /** Asks it to stop and returns when it has. */
    void stop();

    /** Kills Magpie, as a power failure would but for the disk; returns when it is gone. */
    void kill();

    /** Returns whether it runs. */
    boolean isAlive();

    /** Returns the processes of its earlier lives that still run, and those of this one, if it does not run. */
    List<ProcessHandle> orphans();

    /** Returns where it listens, or listened last. */
    Addresses addresses();

    /** Returns one of the secrets that it has drawn for itself. */
    String secret(String name);

    /** Has groups told of messages by these bounds: while it runs where settings can be changed so, and else by starting it again with them. */
    void changeGroupBounds(GroupBounds bounds);

    /** Returns the folder that it keeps everything in, as {@code ./im} would be told of it. */
    Path data();

    Redis redis();

    Server database();

    ServerLog log();

    /** Ends it and all of its servers, and deletes its data. */
    @Override
    void close();
}
