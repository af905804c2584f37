package im.magpie.service.pipeline;

import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.epoch.OldEpochs;
import im.magpie.service.index.IdleUsers;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go what Redis need not hold any more: marks that have served, idle conversations and users, epochs gone by. In bounded steps. */
final class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final int STEPS = 20;
    private static final int USER_STEPS = 100;
    private static final int KEYS = 500;

    private final ConversationLog conversations;
    private final OldEpochs oldEpochs;
    private final IdleUsers idleUsers;
    private final Partitions partitions;

    Housekeeping(ConversationLog conversations, OldEpochs oldEpochs, IdleUsers idleUsers, Partitions partitions) {
        this.conversations = conversations;
        this.oldEpochs = oldEpochs;
        this.idleUsers = idleUsers;
        this.partitions = partitions;
    }

    /** Goes through all partitions once; what is left over is for the next time. */
    void tidy() {
        for (int partition = 0; partition < partitions.conversations(); partition++) {
            tidy(partition);
        }
        try {
            for (int step = 0; step < STEPS && oldEpochs.unlink(KEYS) == KEYS; step++) {
                log.debug("There is more of old epochs");
            }
        } catch (MagpieException e) {
            log.debug("Old epochs are let go next time", e);
        }
    }

    /** Goes through all user partitions once, within the same bounds. */
    void letIdleUsersGo() {
        for (int partition = 0; partition < partitions.users(); partition++) {
            int number = partition;
            inSteps("user partition " + partition, USER_STEPS, () -> idleUsers.letGo(number));
        }
    }

    private void tidy(int partition) {
        inSteps("partition " + partition, STEPS, () -> conversations.tidy(partition));
    }

    private static void inSteps(String name, int steps, BooleanSupplier stepWithMoreToDo) {
        try {
            for (int step = 0; step < steps && stepWithMoreToDo.getAsBoolean(); step++) {
                log.debug("There is more to do in {}", name);
            }
        } catch (MagpieException e) {
            log.debug("The rest of {} is for the next time", name, e);
        }
    }
}
