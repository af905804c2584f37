package im.magpie.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lines from a pipe or a file, and lines to one: for scripts. */
final class PipeConsole implements Console {

    private final BufferedReader in;
    private final PrintWriter out;

    PipeConsole(Reader in, PrintWriter out) {
        this.in = new BufferedReader(in);
        this.out = out;
    }

    @Override
    public @Nullable String readLine(String prompt) {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable String readPassword(String prompt) {
        return null;
    }

    @Override
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Leaves the streams open: they are the process's. */
    @Override
    public void close() {}
}
