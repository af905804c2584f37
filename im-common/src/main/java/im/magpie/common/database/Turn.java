package im.magpie.common.database;

import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which instance of a service does what only one does at a time, as a row of their database says. Whoever has the turn keeps it by every step, whose
 * transaction waits for those of others that still believe to have it; an instance that ends is replaced when its turn has run out. Two would do no harm,
 * but each other's work.
 *
 * <p>Blocks; throws {@link org.springframework.dao.DataAccessException} when the database did not answer.
 */
public final class Turn {

    private static final long SECONDS = 60;

    private final String holder = UUID.randomUUID().toString();
    private final Row row;
    private final TransactionOperations transactions;

    /** The row that says whose turn it is. */
    public interface Row {

        /** Takes the turn for so long if it is this holder's, or nobody's any more. The clock is the database's. */
        void takeTurn(String holder, long seconds);

        /** Returns who had the turn last. */
        String turnHolder();
    }

    /** @param transactions of the database with the row */
    public Turn(Row row, TransactionOperations transactions) {
        this.row = row;
        this.transactions = transactions;
    }

    /** Returns whether it is this instance's turn, from now on or still. */
    public boolean take() {
        return use(() -> {});
    }

    /**
     * Does something in a transaction, unless another instance has taken over.
     *
     * @return whether it was done
     */
    public boolean use(Runnable work) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            row.takeTurn(holder, SECONDS);
            if (!row.turnHolder().equals(holder)) {
                return false;
            }
            work.run();
            return true;
        }));
    }

    /** Lets the others have the turn from now on, if it is this instance's: nobody waits until it has run out. */
    public void give() {
        transactions.executeWithoutResult(_ -> row.takeTurn(holder, 0));
    }
}
