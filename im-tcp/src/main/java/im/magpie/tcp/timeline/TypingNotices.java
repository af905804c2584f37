package im.magpie.tcp.timeline;

import im.magpie.common.rpc.Timelines;
import im.magpie.common.rpc.TypingBatch;
import im.magpie.common.rpc.TypingItem;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.work.BatchSettings;
import im.magpie.tcp.work.Batcher;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries to the services who is writing something. Where too many wait, or the services don't answer, it is not told: a moment later it would be
 * wrong. Safe for use by many threads.
 */
public final class TypingNotices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TypingNotices.class);

    private final Timelines timelines;
    private final Batcher<TypingItem> batcher;

    /** Begins to work at once. */
    public TypingNotices(BatchSettings settings, Timelines timelines) {
        this.timelines = timelines;
        this.batcher = new Batcher<>("typing", settings, this::tell);
    }

    /** Takes a notice; never blocks. What is wrong about it is ignored. */
    void offer(Connection connection, String conversationId) {
        if (ConversationNames.valid(conversationId)) {
            var session = connection.requireSession();
            batcher.offer(TypingItem.newBuilder()
                    .setAppId(session.getAppId())
                    .setUserId(session.getUserId())
                    .setConversationId(conversationId)
                    .build());
        }
    }

    private void tell(List<TypingItem> items) {
        try {
            timelines.type(TypingBatch.newBuilder().addAllItems(items).build());
        } catch (RuntimeException e) {
            LOG.debug("{} notices of typing are lost", items.size(), e);
        }
    }

    @Override
    public void close() {
        batcher.close();
    }
}
