package im.magpie.e2e.system;

/** A server that standalone runs as a process of its own. It starts it again by itself some seconds after it has died. */
final class StandaloneServer extends Server {

    private final Standalone system;
    private final String program;

    StandaloneServer(Standalone system, String program) {
        super(program);
        this.system = system;
        this.program = program;
    }

    @Override
    ProcessHandle process() {
        return system.children()
                .filter(this::isMe)
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + program + " runs"));
    }

    private boolean isMe(ProcessHandle process) {
        return Processes.works(process)
                && process.info().command().orElse("").replaceAll(".*/", "").startsWith(program);
    }

    @Override
    public void comeBack() {
        Await.until(program + " is back", () -> system.children().anyMatch(this::isMe));
    }
}
