package im.magpie.cluster.member;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of the cluster. What it keeps is in a folder of its name. */
public interface Member {

    /** Returns the name by which people call it. */
    String name();

    /** Returns the ports that it listens on, which have to be free before it starts; the one that others are told comes first. */
    List<Integer> ports();

    /**
     * Makes what it needs before a start: at the first one the data that it begins with, at each one its configuration.
     *
     * @param folder its own, which exists; given by its real path
     * @return how to start it; the command names the folder, so that the process can be told from others
     * @throws IOException if the folder cannot be written
     */
    Launch prepare(Path folder) throws IOException;

    /** Returns how it shows that it can be used. */
    Readiness readiness();
}
