package im.magpie.e2e.measure;

import java.util.concurrent.CompletableFuture;

/** Somebody with a connection. */
interface Online extends AutoCloseable {

    /** Completes when he is told of what is new. */
    CompletableFuture<Void> ready();

    /** Returns how many connections he has needed. */
    int connections();

    @Override
    void close();
}
