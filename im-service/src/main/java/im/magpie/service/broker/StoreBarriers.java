package im.magpie.service.broker;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.epoch.BarrierPublisher;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Sends the barriers of opening epochs the way of the messages that they divide: through the same queues, confirmed. */
public final class StoreBarriers implements BarrierPublisher {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StorePublisher store;

    public StoreBarriers(StorePublisher store) {
        this.store = store;
    }

    @Override
    public void publish(int conversationPartition, long epoch) {
        try {
            store.barrier(conversationPartition, epoch, PATIENCE).get();
        } catch (ExecutionException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the broker did not confirm a barrier", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MagpieException(ErrorCode.UNAVAILABLE, "interrupted while a barrier was on its way", e);
        }
    }
}
