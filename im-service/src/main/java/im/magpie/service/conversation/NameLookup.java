package im.magpie.service.conversation;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.service.epoch.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out in the store whether messages that Redis knows nothing of are there already. */
final class NameLookup {

    private final Store store;
    private final PositionScripts positions;

    NameLookup(Store store, PositionScripts positions) {
        this.store = store;
        this.positions = positions;
    }

    /**
     * Returns where each is stored, in the order of the names: null for those that are not, and a refusal for those of which nobody can tell any more.
     *
     * @throws im.magpie.service.epoch.StaleEpochException when the epoch is over
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when the store or Redis did not answer
     */
    List<@Nullable Acceptance> find(Partition partition, long epoch, List<MessageKey> names) {
        var found = new ArrayList<@Nullable Acceptance>(names.size());
        for (var chunk : Chunks.of(names)) {
            var stored = store.lookup(chunk);
            // One that is committed may still wait for the settle step, behind a message below it.
            var settled = settled(partition, epoch, chunk, stored).iterator();
            for (var position : stored) {
                found.add(position.getSequence() == 0 ? missing(position) : duplicate(epoch, position, settled.next()));
            }
        }
        return found;
    }

    /** What may have been stored and deleted since must not be accepted as if it were new. */
    private static @Nullable Acceptance missing(StoredPosition position) {
        return position.getMayHaveOutlived() ? new Acceptance.Refused(ErrorCode.MESSAGE_OUTLIVED, Duration.ZERO) : null;
    }

    private List<Boolean> settled(
            Partition partition, long epoch, List<MessageKey> names, List<StoredPosition> stored) {
        var places = new ArrayList<Position>();
        for (var i = 0; i < stored.size(); i++) {
            var position = stored.get(i);
            if (position.getSequence() > 0) {
                places.add(new Position(names.get(i).conversation(), position.getSequence(), position.getOrdinal()));
            }
        }
        return positions.settled(partition, epoch, places);
    }

    private static Acceptance.Duplicate duplicate(long epoch, StoredPosition position, boolean settled) {
        return new Acceptance.Duplicate(
                epoch, position.getSequence(), position.getOrdinal(), position.getServerTime(), settled);
    }
}
