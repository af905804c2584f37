package im.magpie.tcp.connection;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.BoundedWorkers;
import im.magpie.tcp.work.WorkerSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests by calls that block, on workers of its own, each as soon as its call is back: in whatever order. What
 * finds no worker is BUSY, what throws is UNAVAILABLE. Safe for use by many threads.
 */
public final class Answers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final BoundedWorkers workers;

    /** Makes answers whose threads carry the given name. */
    public Answers(String name, WorkerSettings settings) {
        this.workers = new BoundedWorkers(name, settings);
    }

    /** Writes what the call returns to the connection; never blocks. */
    public void give(Connection connection, Request request, Supplier<Reply> call) {
        giveInTurn(connection, request, () -> {
            var reply = call.get();
            return () -> reply;
        });
    }

    /**
     * Writes to the connection what is made of what the call returns: on the connection's event loop, right before it is written, so that nothing is
     * written between the two. Never blocks.
     */
    public void giveInTurn(Connection connection, Request request, Supplier<Supplier<Reply>> call) {
        if (!workers.offer(() -> {
            var reply = answer(request, call);
            connection.execute(() -> connection.write(reply.get()));
        })) {
            connection.write(failure(request, ErrorCode.BUSY, "too much is under way"));
        }
    }

    /** Returns the failure of a request; one that may pass says when to ask again. */
    public static Failure failure(Request request, ErrorCode code, String message) {
        var passes = code == ErrorCode.BUSY || code == ErrorCode.UNAVAILABLE;
        return Failure.of(request, code, message, passes ? Backoff.jitteredMillis(RETRY_AFTER) : 0);
    }

    /** Returns how many calls are under way. */
    public int active() {
        return workers.active();
    }

    /** Returns how many requests wait for one. */
    public int waiting() {
        return workers.waiting();
    }

    private static Supplier<Reply> answer(Request request, Supplier<Supplier<Reply>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            LOG.warn("A {} was not answered: {}", request.command(), e.toString());
            return () -> failure(request, ErrorCode.UNAVAILABLE, "the services can't be reached");
        }
    }

    /** Interrupts what runs and forgets what waits. */
    @Override
    public void close() {
        workers.close();
    }
}
