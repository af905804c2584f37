package im.magpie.store.retention;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which of the message stores deletes. Whoever has the turn keeps it by every batch, whose transaction waits for those of others that still believe to have
 * it; a store that ends is replaced when its turn has run out. Two would do no harm, but each other's work.
 */
@Component
final class RetentionTurn {

    private static final long SECONDS = 60;

    private final String holder = UUID.randomUUID().toString();
    private final RetentionMapper mapper;
    private final TransactionOperations transactions;

    RetentionTurn(RetentionMapper mapper, TransactionOperations transactions) {
        this.mapper = mapper;
        this.transactions = transactions;
    }

    /** Returns whether it is this store's turn, from now on or still. */
    boolean take() {
        return Boolean.TRUE.equals(transactions.execute(_ -> renewed()));
    }

    /**
     * Does something in a transaction, unless another store has taken over.
     *
     * @return whether it was done
     */
    boolean use(Runnable work) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            if (!renewed()) {
                return false;
            }
            work.run();
            return true;
        }));
    }

    private boolean renewed() {
        mapper.takeTurn(holder, SECONDS);
        return mapper.turnHolder().equals(holder);
    }
}
