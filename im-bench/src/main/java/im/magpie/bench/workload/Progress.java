package im.magpie.bench.workload;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Says how far a benchmark is: on one line of a terminal, in few lines elsewhere. One thread uses it. */
public final class Progress {

    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ELSEWHERE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int WIDTH = 110;

    private final PrintWriter out;
    private final boolean terminal;
    private long said = System.nanoTime();
    private boolean open;

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says how far it is, unless it has just done so. */
    void now(String line) {
        var now = System.nanoTime();
        if (now - said < (terminal ? TERMINAL_NANOS : ELSEWHERE_NANOS)) {
            return;
        }
        said = now;
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
            out.flush();
            open = true;
        } else {
            out.println(line);
        }
    }

    /** Says something that stays. */
    public void say(String line) {
        if (open) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            open = false;
        }
        out.println(line);
    }
}
