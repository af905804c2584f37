package im.magpie.client.cli;

import im.magpie.client.connection.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads Magpie with as much as it takes, and measures that. */
@Command(
        name = "load",
        description = {
            "New users chat in pairs, each with as many messages under way as allowed.",
            "Prints how many messages a second were acknowledged and how many arrived, and checks that all did."
        })
final class LoadCommand implements Callable<Integer> {

    /** So many sign in at once: hashing a password takes the business system's whole processor. */
    private static final int SIGN_INS_AT_ONCE = 4;

    @Mixin
    private BusinessOption business = new BusinessOption();

    @Option(names = "--senders", paramLabel = "N", defaultValue = "64", description = "default: ${DEFAULT-VALUE}")
    private int senders;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            defaultValue = "8",
            description = "unacknowledged messages of each sender (default: ${DEFAULT-VALUE})")
    private int outstanding;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "not counted (default: ${DEFAULT-VALUE})")
    private int warmup;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (senders < 2 || senders % 2 != 0 || outstanding < 1 || seconds < 1 || warmup < 0) {
            throw new CommandFailedException("--senders is even and at least 2, the others are at least 1.");
        }
        var out = spec.commandLine().getOut();
        out.println(senders + " users sign in ...");
        var users = signIn();
        var loops = Transport.newGroup(1);
        try (var load = new Load(users, loops, out)) {
            load.run(outstanding, warmup, seconds);
        } finally {
            loops.shutdownGracefully();
        }
        return 0;
    }

    private List<SignedInUser> signIn() {
        var users = new ArrayList<CompletableFuture<SignedInUser>>();
        try (var executor = Executors.newFixedThreadPool(SIGN_INS_AT_ONCE)) {
            for (var i = 0; i < senders; i++) {
                var name = "load" + i;
                users.add(
                        CompletableFuture.supplyAsync(() -> DemoCommand.newUser(business.business(), name), executor));
            }
        }
        return users.stream()
                .map(user -> Participant.await(user, "a user to sign in"))
                .toList();
    }
}
