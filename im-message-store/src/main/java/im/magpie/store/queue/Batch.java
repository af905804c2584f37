package im.magpie.store.queue;

import im.magpie.common.broker.StoreRecord;
import im.magpie.store.message.StoreItem;
import im.magpie.store.message.StoreItem.EpochBarrier;
import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.message.StoreItem.Said;
import im.magpie.store.queue.Delivery.Envelope;
import im.magpie.store.queue.Delivery.Unreadable;
import java.util.List;
import java.util.stream.Stream;

/** Deliveries that are dealt with together, in the order of the queue. Never empty. */
record Batch(List<Delivery> deliveries) {

    List<StoreItem> items() {
        return deliveries.stream().flatMap(Batch::items).toList();
    }

    List<Unreadable> unreadable() {
        return deliveries.stream()
                .filter(Unreadable.class::isInstance)
                .map(Unreadable.class::cast)
                .toList();
    }

    private static Stream<StoreItem> items(Delivery delivery) {
        return switch (delivery) {
            case Unreadable _ -> Stream.empty();
            case Envelope(long tag, int _, var content) ->
                content.getRecordsList().stream().map(record -> item(record, content.getPartition(), tag));
        };
    }

    private static StoreItem item(StoreRecord record, int partition, long tag) {
        return switch (record.getKindCase()) {
            case BARRIER -> new EpochBarrier(partition, record.getBarrier().getEpoch());
            case MESSAGE -> new Message(partition, tag, record.getMessage(), false);
            case SAID -> new Said(partition, tag, record.getSaid());
            case KIND_NOT_SET -> throw new IllegalArgumentException("a record of an unknown kind was let through");
        };
    }
}
