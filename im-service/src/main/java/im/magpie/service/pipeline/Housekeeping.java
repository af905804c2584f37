package im.magpie.service.pipeline;

import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.epoch.OldEpochs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go what Redis need not hold any more: marks that have served, idle conversations, epochs gone by. In bounded steps. */
final class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final int STEPS = 20;
    private static final int KEYS = 500;

    private final ConversationLog conversations;
    private final OldEpochs oldEpochs;
    private final Partitions partitions;

    Housekeeping(ConversationLog conversations, OldEpochs oldEpochs, Partitions partitions) {
        this.conversations = conversations;
        this.oldEpochs = oldEpochs;
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

    private void tidy(int partition) {
        try {
            for (int step = 0; step < STEPS && conversations.tidy(partition); step++) {
                log.debug("There is more to tidy in partition {}", partition);
            }
        } catch (MagpieException e) {
            log.debug("Partition {} is tidied next time", partition, e);
        }
    }
}
