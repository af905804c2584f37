package im.magpie.service.testing;

import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.rpc.DubboRoomHistoryTriple;
import im.magpie.common.rpc.RoomErasure;
import im.magpie.common.rpc.RoomErasureOutcome;
import im.magpie.common.rpc.RoomHistoryPage;
import im.magpie.common.rpc.RoomHistoryQuery;
import im.magpie.common.rpc.RoomPlace;
import im.magpie.common.rpc.SaidByQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.dubbo.rpc.RpcException;

/** What rooms keep, by the rules of its store: once by name. Safe for use by many threads. */
public final class MemoryRooms extends DubboRoomHistoryTriple.RoomHistoryImplBase {

    private static final Comparator<SaidInRoom> PLACES =
            Comparator.comparingLong(SaidInRoom::getRun).thenComparingLong(SaidInRoom::getNumber);

    private final List<SaidInRoom> rows = new ArrayList<>();
    private boolean down;

    /** A store that is down answers no call. */
    public synchronized void down(boolean isDown) {
        this.down = isDown;
    }

    /** Keeps something, unless it is there. */
    public synchronized void keep(SaidInRoom said) {
        if (rows.stream().noneMatch(row -> named(said).test(row))) {
            rows.add(said);
        }
    }

    private static Predicate<SaidInRoom> named(SaidInRoom said) {
        return row -> row.getAppId().equals(said.getAppId())
                && row.getRoomId().equals(said.getRoomId())
                && row.getSenderId().equals(said.getSenderId())
                && row.getClientMessageId().equals(said.getClientMessageId());
    }

    /** Returns what a room has kept, in the order of its places. */
    public synchronized List<SaidInRoom> of(String appId, String roomId) {
        return in(appId, roomId).sorted(PLACES).toList();
    }

    private Stream<SaidInRoom> in(String appId, String roomId) {
        return rows.stream()
                .filter(row -> row.getAppId().equals(appId) && row.getRoomId().equals(roomId));
    }

    private void requireUp() {
        if (down) {
            throw new RpcException(RpcException.NETWORK_EXCEPTION, "down");
        }
    }

    @Override
    public synchronized RoomHistoryPage read(RoomHistoryQuery query) {
        requireUp();
        return page(
                in(query.getAppId(), query.getRoomId())
                        .filter(row -> !query.hasBefore() || PLACES.compare(row, at(query.getBefore())) < 0)
                        .sorted(PLACES.reversed()),
                query.getLimit());
    }

    @Override
    public synchronized RoomHistoryPage saidBy(SaidByQuery query) {
        requireUp();
        var order = Comparator.comparing(SaidInRoom::getRoomId).thenComparing(PLACES);
        var after = at(query.getAfter()).toBuilder()
                .setRoomId(query.getAfterRoomId())
                .build();
        return page(
                rows.stream()
                        .filter(row -> isOf(row, query.getAppId(), query.getUserId()))
                        .filter(row -> order.compare(row, after) > 0)
                        .sorted(order),
                query.getLimit());
    }

    @Override
    public synchronized RoomErasureOutcome erase(RoomErasure erasure) {
        requireUp();
        rows.removeIf(row -> isOf(row, erasure.getAppId(), erasure.getUserId()));
        return RoomErasureOutcome.getDefaultInstance();
    }

    private static boolean isOf(SaidInRoom row, String appId, String userId) {
        return row.getAppId().equals(appId) && row.getSenderId().equals(userId);
    }

    private static SaidInRoom at(RoomPlace place) {
        return SaidInRoom.newBuilder()
                .setRun(place.getRun())
                .setNumber(place.getNumber())
                .build();
    }

    private static RoomHistoryPage page(Stream<SaidInRoom> found, int limit) {
        var all = found.toList();
        return RoomHistoryPage.newBuilder()
                .addAllMessages(all.stream().limit(limit).toList())
                .setMore(all.size() > limit)
                .build();
    }
}
