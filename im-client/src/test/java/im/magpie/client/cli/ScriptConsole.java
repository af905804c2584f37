package im.magpie.client.cli;

import im.magpie.client.testing.Await;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A console at which a test sits. */
final class ScriptConsole implements Console {

    private static final String END = "\u0004";

    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

    void type(String line) {
        typed.add(line);
    }

    /** There is no more to be typed. */
    void end() {
        typed.add(END);
    }

    /** Returns the next line printed that has this in it; those before it are passed over. */
    String awaitLine(String part) {
        while (true) {
            var line = Await.next(printed, "a line with \"" + part + "\"");
            if (line.contains(part)) {
                return line;
            }
        }
    }

    @Override
    public @Nullable String readLine(String prompt) {
        try {
            var line = typed.take();
            return line.equals(END) ? null : line;
        } catch (InterruptedException _) {
            return null;
        }
    }

    @Override
    public @Nullable String readPassword(String prompt) {
        return null;
    }

    @Override
    public void print(String line) {
        printed.add(line);
    }

    @Override
    public void close() {}
}
