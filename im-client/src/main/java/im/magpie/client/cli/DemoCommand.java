package im.magpie.client.cli;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows that everything works, or says what does not. */
@Command(name = "demo", description = "Two new users chat over two gateway nodes, and everything about it is checked.")
final class DemoCommand implements Callable<Integer> {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Mixin
    private BusinessOption business = new BusinessOption();

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "measure N messages, one after the other, instead of telling the story")
    private int messages;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var alice = new Participant(newUser(business.business(), "alice"));
        var bobsUser = newUser(business.business(), "bob");
        var bob = new Participant(bobsUser);
        var nodes = twoOf(bobsUser.nodes());
        try {
            if (messages > 0) {
                new RoundTrips(alice, bob, nodes, out).measure(messages);
            } else {
                new Story(alice, bob, nodes, out).tell();
            }
            return 0;
        } finally {
            alice.close();
            bob.close();
        }
    }

    /** Registers a user whom nobody has heard of before. */
    static SignedInUser newUser(Business business, String name) {
        var suffix = Integer.toString(RANDOM.nextInt(36 * 36 * 36 * 36, Integer.MAX_VALUE), 36);
        var password = new BigInteger(128, RANDOM).toString(36);
        return SignedInUser.of(business, name + "-" + suffix, password);
    }

    /** Returns the names of two nodes. */
    static List<String> twoOf(List<String> nodes) {
        if (nodes.size() < 2) {
            throw new CommandFailedException(
                    "This takes two gateway nodes, and there is only %s.".formatted(nodes.isEmpty() ? "none" : nodes));
        }
        return nodes.subList(0, 2);
    }
}
