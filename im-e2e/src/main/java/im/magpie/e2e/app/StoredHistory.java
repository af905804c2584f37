package im.magpie.e2e.app;

import im.magpie.client.MagpieClient;
import im.magpie.client.RequestFailedException;
import im.magpie.client.connection.Retry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.history.Entry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What the server has of a conversation, for one client. It is asked again while it refuses for reasons that pass. */
record StoredHistory(MagpieClient client, String conversation) {

    private static final int TRIES = 60;
    private static final Executor LATER = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    CompletableFuture<List<Entry>> read() {
        return read(TRIES);
    }

    private CompletableFuture<List<Entry>> read(int tries) {
        return client.history(conversation, 0, 0).thenApply(Records::entries).exceptionallyCompose(why -> {
            var cause = why instanceof CompletionException ? why.getCause() : why;
            if (!(cause instanceof RequestFailedException failure)) {
                return CompletableFuture.failedFuture(why);
            }
            if (failure.code() == ErrorCode.NOT_A_PARTICIPANT) {
                return CompletableFuture.completedFuture(List.of());
            }
            return tries > 1 && Retry.helps(failure.code())
                    ? CompletableFuture.runAsync(() -> {}, LATER).thenCompose(_ -> read(tries - 1))
                    : CompletableFuture.failedFuture(why);
        });
    }
}
