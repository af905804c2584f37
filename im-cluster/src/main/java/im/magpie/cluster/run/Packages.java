package im.magpie.cluster.run;

import im.magpie.cluster.member.Programs;
import im.magpie.cluster.member.WrongClock;
import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packages of the Linux distribution that the servers come in. */
public final class Packages {

    /** The distribution starts a server that it installs, for which there is no use here: this asks it not to. */
    private static final String INSTALL = """
        policy=/usr/sbin/policy-rc.d
        if [ ! -e $policy ]; then
            trap 'rm -f $policy' EXIT
            printf '#!/bin/sh\\nexit 101\\n' >$policy && chmod +x $policy
        fi
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -q && apt-get install -q -y --no-install-recommends "$@"
        """;

    /**
     * Makes sure that all programs are there.
     *
     * @param clocks whether members may be given wrong clocks
     * @param install whether to install what is missing
     * @throws InfrastructureException if something is missing and is not to be installed, or cannot be
     */
    public static void require(boolean clocks, boolean install, Report report) {
        var missing = missing(clocks);
        if (missing.isEmpty()) {
            return;
        }
        var names = String.join(" ", missing);
        if (!install) {
            throw unsupported("The cluster needs " + names
                    + ", which this machine does not have. With --install it is installed, as root, on Debian and its"
                    + " relatives.");
        }
        if (!Files.isWritable(Path.of("/usr/sbin"))) {
            throw unsupported("Only root can install packages. Let root run: apt-get install " + names);
        }
        report.say("Installing " + names);
        if (run(missing) != 0 || !missing(clocks).isEmpty()) {
            throw unsupported("The packages " + names + " could not be installed; apt-get says why above.");
        }
    }

    private static List<String> missing(boolean clocks) {
        var missing = new ArrayList<>(Programs.missingPackages());
        if (clocks && WrongClock.library().isEmpty()) {
            missing.add(WrongClock.PACKAGE);
        }
        return missing;
    }

    private static int run(List<String> packages) {
        var command = new ArrayList<>(List.of("sh", "-c", INSTALL, "install"));
        command.addAll(packages);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw unsupported("apt-get cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException(Code.INTERRUPTED, "Interrupted while packages were installed", e);
        }
    }

    private static InfrastructureException unsupported(String sentence) {
        return new InfrastructureException(Code.PLATFORM_UNSUPPORTED, sentence);
    }

    private Packages() {}
}
