package im.magpie.service.cache;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Gatherers;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The database, for questions that somebody waits for who sends a message. Who finds out that it does not answer is the last to wait: until it is
 * back, all others hear so at once. Safe for use by many threads.
 */
@Component
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** Shorter than a gateway waits for a check. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int LOOK_SECONDS = 1;
    private static final int USERS_OF_A_STATEMENT = 500;

    private final DataSource connections;
    /** Looks whether it is back, and is there only while it is away. */
    private final AtomicReference<@Nullable Thread> lookout = new AtomicReference<>();

    /** The database behind a pool, which stays the caller's. */
    public Database(DataSource connections) {
        this.connections = connections;
    }

    /**
     * Asks something, outside of any transaction.
     *
     * @throws DatabaseAwayException when it does not answer in time, and at once while it is known not to
     * @throws DataAccessException as the question does
     */
    public <T> T ask(Callable<T> question) {
        if (lookout.get() != null) {
            throw new DatabaseAwayException();
        }
        var asked = new FutureTask<>(question);
        Thread.ofVirtual().name("question").start(asked);
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataAccessException refusal && !saysAway(refusal)) {
                throw refusal;
            }
            throw saysAway(e) ? away(e.getCause()) : new IllegalStateException(e.getCause());
        }
    }

    /**
     * Asks something of users, for those of one app at a time and for no more than 500.
     *
     * @param question of an app's users
     * @return all answers
     */
    public <T> List<T> askOfUsers(Collection<UserKey> users, BiFunction<String, List<String>, List<T>> question) {
        var answers = new ArrayList<T>();
        users.stream()
                .distinct()
                .collect(groupingBy(UserKey::appId, mapping(UserKey::userId, toList())))
                .forEach((appId, userIds) -> userIds.stream()
                        .gather(Gatherers.windowFixed(USERS_OF_A_STATEMENT))
                        .forEach(some -> answers.addAll(ask(() -> question.apply(appId, some)))));
        return answers;
    }

    /**
     * Asks like {@link #ask} for somebody who can't go on without the answer.
     *
     * @throws MagpieException UNAVAILABLE when there is none
     */
    public <T> T require(Callable<T> question) {
        try {
            return ask(question);
        } catch (DataAccessException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the database did not answer", e);
        }
    }

    private static boolean saysAway(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLRecoverableException
                    || cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private DatabaseAwayException away(@Nullable Throwable reason) {
        var thread = Thread.ofVirtual().name("database-lookout").unstarted(this::lookOut);
        if (lookout.compareAndSet(null, thread)) {
            log.warn(
                    "The database does not answer; what it said last stands until it does: {}", String.valueOf(reason));
            thread.start();
        }
        return new DatabaseAwayException();
    }

    private void lookOut() {
        try {
            while (!answers()) {
                Thread.sleep(BETWEEN_LOOKS);
            }
            log.info("The database answers again");
            lookout.set(null);
        } catch (InterruptedException _) {
            // The service ends.
        }
    }

    private boolean answers() {
        try (var connection = connections.getConnection()) {
            return connection.isValid(LOOK_SECONDS);
        } catch (SQLException e) {
            log.debug("The database is still away", e);
            return false;
        }
    }

    @Override
    public void close() {
        var thread = lookout.get();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
