package im.magpie.client.cli;

import im.magpie.client.RequestFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for what the server says to somebody at a console. */
final class Answers {

    private final Console console;
    private final Duration patience;

    Answers(Console console, Duration patience) {
        this.console = console;
        this.patience = patience;
    }

    /** Returns null when there is none, which it says. */
    <T> @Nullable T of(CompletableFuture<T> asked) {
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var why = e.getCause() instanceof RequestFailedException refusal ? refusal.detail() : e.getCause();
            console.print("-- that did not work: " + why);
        } catch (TimeoutException _) {
            console.print("-- the server is out of reach");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /**
     * Goes through pages until the last one, or until there is no answer, which it says.
     *
     * @param page asks for the one behind something; behind an empty text for the first
     * @param shown shows a page; returns behind what the next one begins, null for the last
     */
    <P> void pages(Function<String, CompletableFuture<P>> page, Function<P, @Nullable String> shown) {
        var last = "";
        while (last != null) {
            var next = of(page.apply(last));
            last = next == null ? null : shown.apply(next);
        }
    }
}
