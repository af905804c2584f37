package im.magpie.client.cli;

import im.magpie.client.RequestFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
}
