package im.magpie.store.report;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.ReadmitBatch;
import im.magpie.common.rpc.StoreReports;
import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.retry.Retry;
import im.magpie.store.retry.Term;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sends messages of epochs gone by back to im-service, which accepts them anew. Safe for use by many threads. */
@Component
public class Readmissions {

    private final StoreReports service;
    private final Retry retry;

    Readmissions(StoreReports service, Retry retry) {
        this.service = service;
        this.retry = retry;
    }

    /**
     * Returns when im-service has answered for all of these: each is settled under another number, or dropped.
     *
     * @throws im.magpie.store.retry.TermEndedException when the term ended before that
     */
    public void send(List<Message> stale, Term term) {
        List<AcceptedMessage> messages = stale.stream().map(Message::accepted).toList();
        var batch = ReadmitBatch.newBuilder().addAllMessages(messages).build();
        retry.untilDone("have messages of an epoch gone by accepted anew", term, () -> service.readmit(batch));
    }
}
