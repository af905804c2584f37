package im.magpie.cluster.command;

import im.magpie.cluster.run.MemberState;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows who runs; status 0 when everybody is ready. */
@Command(name = "status", description = "Shows who runs. Exits with 0 when everybody is ready.")
public final class StatusCommand implements Callable<Integer> {

    private static final String ROW = "%-20s %-10s %8s %8s  %s%n";

    @Mixin
    private Place place = new Place();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StatusCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var states = MemberState.of(place.plan(), place.java());
        out.printf(ROW, "NAME", "STATE", "PROCESS", "AGE", "PORTS");
        for (var state : states) {
            out.printf(
                    ROW,
                    state.member().name(),
                    word(state),
                    state.process()
                            .map(ProcessHandle::pid)
                            .map(Object::toString)
                            .orElse("-"),
                    state.age().map(StatusCommand::text).orElse("-"),
                    state.member().ports().stream().map(Object::toString).collect(Collectors.joining(" ")));
        }
        return states.stream().allMatch(MemberState::ready) ? 0 : 1;
    }

    private static String word(MemberState state) {
        if (state.ready()) {
            return "ready";
        }
        return state.process().isPresent() ? "not ready" : "stopped";
    }

    private static String text(Duration age) {
        return age.toHours() > 0
                ? "%d:%02d:%02d".formatted(age.toHours(), age.toMinutesPart(), age.toSecondsPart())
                : "%d:%02d".formatted(age.toMinutes(), age.toSecondsPart());
    }
}
