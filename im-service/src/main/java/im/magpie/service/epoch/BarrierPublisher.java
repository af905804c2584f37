package im.magpie.service.epoch;

/** Sends barriers through the store queues. */
@FunctionalInterface
public interface BarrierPublisher {

    /**
     * Publishes {@code Barrier{epoch}} of a conversation partition to its store queue and waits for the broker's confirm. May be repeated.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when the broker did not confirm: the barrier may be in the queue or not
     */
    void publish(int conversationPartition, long epoch);
}
