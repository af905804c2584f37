package im.magpie.store.report;

import im.magpie.common.rpc.CommitReport;
import im.magpie.common.rpc.CommittedMessage;
import im.magpie.common.rpc.StoreReports;
import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.retry.Retry;
import im.magpie.store.retry.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.springframework.stereotype.Component;

/** Tells im-service what may leave Redis. Safe for use by many threads. */
@Component
public class CommitReports {

    /** What im-service's scripts deal with at a time. */
    static final int MESSAGES_PER_REPORT = 1_000;

    private final StoreReports service;
    private final Retry retry;

    CommitReports(StoreReports service, Retry retry) {
        this.service = service;
        this.retry = retry;
    }

    private record Life(int partition, long epoch) {}

    /**
     * Returns when im-service has answered for every partition and epoch there is among these.
     *
     * @throws im.magpie.store.retry.TermEndedException when the term ended before that
     */
    public void send(List<Message> committed, Term term) {
        committed.stream()
                .collect(Collectors.groupingBy(
                        message ->
                                new Life(message.partition(), message.accepted().getEpoch()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((life, messages) -> send(life, messages, term));
    }

    private void send(Life life, List<Message> messages, Term term) {
        for (var some : messages.stream()
                .gather(Gatherers.windowFixed(MESSAGES_PER_REPORT))
                .toList()) {
            var report = CommitReport.newBuilder()
                    .setPartition(life.partition())
                    .setEpoch(life.epoch())
                    .addAllMessages(some.stream().map(CommitReports::committed).toList())
                    .build();
            if (retry.untilDone("report what is committed", term, () -> service.committed(report))
                    .getStale()) {
                return;
            }
        }
    }

    private static CommittedMessage committed(Message message) {
        return CommittedMessage.newBuilder()
                .setAppId(message.accepted().getAppId())
                .setConversationId(message.accepted().getConversationId())
                .setSequence(message.accepted().getSequence())
                .build();
    }
}
