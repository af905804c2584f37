package im.magpie.e2e.system;

import java.time.Duration;

/** A server that the system runs as a process of its own. The system starts it again some seconds after it has died. */
public final class Child {

    private final Standalone system;
    private final String program;

    Child(Standalone system, String program) {
        this.system = system;
        this.program = program;
    }

    /** Ends the server at once; returns when it is gone. */
    public void kill() {
        var process = process();
        process.destroyForcibly();
        Await.until(program + " is gone", () -> !Processes.works(process));
    }

    /** Lets the server do nothing for a time; it keeps its connections. */
    public void pauseFor(Duration time) {
        var process = process();
        Processes.signal(process, "STOP");
        Await.within(time, () -> false);
        Processes.signal(process, "CONT");
    }

    void pause() {
        Processes.signal(process(), "STOP");
    }

    private ProcessHandle process() {
        return system.children()
                .filter(this::isMe)
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + program + " runs"));
    }

    private boolean isMe(ProcessHandle process) {
        return Processes.works(process)
                && process.info().command().orElse("").replaceAll(".*/", "").startsWith(program);
    }
}
