package im.magpie.service.pipeline;

import im.magpie.common.rpc.CommitReport;
import im.magpie.common.rpc.CommittedMessage;
import im.magpie.common.rpc.DubboStoreReportsTriple;
import im.magpie.common.rpc.ReadmitBatch;
import im.magpie.common.rpc.ReportOutcome;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Position;
import im.magpie.service.epoch.StaleEpochException;
import org.apache.dubbo.config.annotation.DubboService;

/** What im-message-store has to say. A call that fails was not, or not wholly, taken note of: it comes again. */
@DubboService
public class StoreReportsProvider extends DubboStoreReportsTriple.StoreReportsImplBase {

    private final ConversationLog conversations;
    private final Readmission readmission;

    StoreReportsProvider(ConversationLog conversations, Readmission readmission) {
        this.conversations = conversations;
        this.readmission = readmission;
    }

    @Override
    public ReportOutcome committed(CommitReport report) {
        var positions = report.getMessagesList().stream()
                .map(StoreReportsProvider::position)
                .toList();
        try {
            conversations.committed(report.getPartition(), report.getEpoch(), positions);
            return ReportOutcome.getDefaultInstance();
        } catch (StaleEpochException _) {
            return ReportOutcome.newBuilder().setStale(true).build();
        }
    }

    @Override
    public ReportOutcome readmit(ReadmitBatch batch) {
        readmission.readmit(batch.getMessagesList());
        return ReportOutcome.getDefaultInstance();
    }

    private static Position position(CommittedMessage message) {
        return new Position(
                new ConversationKey(message.getAppId(), message.getConversationId()), message.getSequence(), 0);
    }
}
