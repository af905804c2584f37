package im.magpie.service.broker;

import im.magpie.common.broker.StoreRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Records of one caller that go in one envelope, alone or with those of others.
 *
 * @param partition the conversation partition of all of them
 * @param size of the encoded records, in bytes
 * @param promise kept when the broker has confirmed the envelope; done otherwise, when the caller has given up
 */
record Consignment(int partition, List<StoreRecord> records, long size, CompletableFuture<Void> promise) {

    boolean abandoned() {
        return promise.isDone();
    }
}
