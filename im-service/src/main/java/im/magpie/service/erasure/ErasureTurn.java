package im.magpie.service.erasure;

import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which instance erases. Whoever has the turn keeps it by every step; an instance that ends is replaced when its turn has run out. Two would do no harm, but
 * each other's work.
 */
final class ErasureTurn {

    private static final long SECONDS = 60;

    private final String holder = UUID.randomUUID().toString();
    private final ErasureMapper mapper;
    private final TransactionOperations transactions;

    ErasureTurn(ErasureMapper mapper, TransactionOperations transactions) {
        this.mapper = mapper;
        this.transactions = transactions;
    }

    /** Returns whether it is this instance's turn, from now on or still. */
    boolean take() {
        return use(() -> {});
    }

    /**
     * Does something in a transaction, unless another instance has taken over.
     *
     * @return whether it was done
     */
    boolean use(Runnable work) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            mapper.takeTurn(holder, SECONDS);
            if (!mapper.turnHolder().equals(holder)) {
                return false;
            }
            work.run();
            return true;
        }));
    }
}
