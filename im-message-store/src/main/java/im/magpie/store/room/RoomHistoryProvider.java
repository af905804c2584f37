package im.magpie.store.room;

import im.magpie.common.rpc.DubboRoomHistoryTriple.RoomHistoryImplBase;
import im.magpie.common.rpc.RoomErasure;
import im.magpie.common.rpc.RoomErasureOutcome;
import im.magpie.common.rpc.RoomHistoryPage;
import im.magpie.common.rpc.RoomHistoryQuery;
import im.magpie.common.rpc.SaidByQuery;
import im.magpie.store.StoreProperties;
import java.time.Clock;
import java.util.List;
import org.apache.dubbo.config.annotation.DubboService;
import org.springframework.transaction.support.TransactionOperations;

/** {@link im.magpie.common.rpc.RoomHistory} from the primary. Called on threads that may block. */
@DubboService
public class RoomHistoryProvider extends RoomHistoryImplBase {

    private final RoomMessageMapper messages;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final StoreProperties.Pull limits;
    private final int rowsAtOnce;

    RoomHistoryProvider(
            RoomMessageMapper messages, TransactionOperations transactions, Clock clock, StoreProperties properties) {
        this.messages = messages;
        this.transactions = transactions;
        this.clock = clock;
        this.limits = properties.pull();
        this.rowsAtOnce = properties.retention().rows();
    }

    @Override
    public RoomHistoryPage read(RoomHistoryQuery query) {
        var limit = limit(query.getLimit());
        var before = query.getBefore();
        var newest = !query.hasBefore();
        return page(
                messages.newest(
                        query.getAppId(),
                        query.getRoomId(),
                        newest ? Long.MAX_VALUE : before.getRun(),
                        newest ? Long.MAX_VALUE : before.getNumber(),
                        clock.millis(),
                        limit + 1),
                limit);
    }

    @Override
    public RoomHistoryPage saidBy(SaidByQuery query) {
        var limit = limit(query.getLimit());
        return page(
                messages.saidBy(
                        query.getAppId(),
                        query.getUserId(),
                        query.getAfterRoomId(),
                        query.getAfter().getRun(),
                        query.getAfter().getNumber(),
                        clock.millis(),
                        limit + 1),
                limit);
    }

    private int limit(int asked) {
        return Math.clamp(asked, 1, limits.messages());
    }

    /** A first message always fits, or a large one could never be read. */
    private RoomHistoryPage page(List<RoomMessageRow> rows, int limit) {
        var page = RoomHistoryPage.newBuilder();
        var bytes = 0L;
        for (var row : rows) {
            bytes += row.content().size();
            var fits = page.getMessagesCount() == 0 || bytes <= limits.bytes().toBytes();
            if (page.getMessagesCount() == limit || !fits) {
                return page.setMore(true).build();
            }
            page.addMessages(row.said());
        }
        return page.build();
    }

    /** A bounded batch of rows a call, so that messages keep their way. */
    @Override
    public RoomErasureOutcome erase(RoomErasure erasure) {
        var there = messages.countOf(erasure.getAppId(), erasure.getUserId(), rowsAtOnce + 1);
        if (there > 0) {
            transactions.executeWithoutResult(
                    _ -> messages.deleteOf(erasure.getAppId(), erasure.getUserId(), rowsAtOnce));
        }
        return RoomErasureOutcome.newBuilder().setMore(there > rowsAtOnce).build();
    }
}
