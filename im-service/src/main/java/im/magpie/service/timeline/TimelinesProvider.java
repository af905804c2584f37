package im.magpie.service.timeline;

import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.ConfigureCall;
import im.magpie.common.rpc.ConfigureOutcome;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.DubboTimelinesTriple;
import im.magpie.common.rpc.MarkBatch;
import im.magpie.common.rpc.MarkOutcome;
import im.magpie.common.rpc.MarkOutcomes;
import im.magpie.common.rpc.PullCall;
import im.magpie.common.rpc.PullOutcome;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SyncCall;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.common.rpc.TypingBatch;
import im.magpie.common.user.UserKey;
import im.magpie.service.personal.Configuring;
import im.magpie.service.typing.TypingNotices;
import im.magpie.service.watermark.Marking;
import java.util.Collections;
import org.apache.dubbo.config.annotation.DubboService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What gateways ask about timelines, on Dubbo's threads. */
@DubboService
public class TimelinesProvider extends DubboTimelinesTriple.TimelinesImplBase {

    private static final Logger log = LoggerFactory.getLogger(TimelinesProvider.class);

    private final SyncReader syncs;
    private final PullReader pulls;
    private final Marking marking;
    private final Configuring configuring;
    private final TypingNotices typing;

    public TimelinesProvider(
            SyncReader syncs, PullReader pulls, Marking marking, Configuring configuring, TypingNotices typing) {
        this.syncs = syncs;
        this.pulls = pulls;
        this.marking = marking;
        this.configuring = configuring;
        this.typing = typing;
    }

    @Override
    public SyncOutcome sync(SyncCall call) {
        try {
            return syncs.sync(user(call.getSession()), call.getRequest());
        } catch (MagpieException e) {
            return SyncOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(e.getMessage())
                    .build();
        }
    }

    @Override
    public PullOutcome pull(PullCall call) {
        try {
            return PullOutcome.newBuilder()
                    .setReply(pulls.pull(user(call.getSession()), call.getRequest()))
                    .build();
        } catch (MagpieException e) {
            return PullOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(e.getMessage())
                    .build();
        }
    }

    @Override
    public MarkOutcomes mark(MarkBatch batch) {
        try {
            return MarkOutcomes.newBuilder()
                    .addAllOutcomes(marking.mark(batch.getMarksList()))
                    .build();
        } catch (MagpieException e) {
            var failed = MarkOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(e.getMessage())
                    .build();
            return MarkOutcomes.newBuilder()
                    .addAllOutcomes(Collections.nCopies(batch.getMarksCount(), failed))
                    .build();
        }
    }

    @Override
    public ConfigureOutcome configure(ConfigureCall call) {
        try {
            return ConfigureOutcome.newBuilder()
                    .setSettings(configuring.configure(call.getSession(), call.getRequest()))
                    .build();
        } catch (MagpieException e) {
            return ConfigureOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(e.getMessage())
                    .build();
        }
    }

    @Override
    public Done type(TypingBatch batch) {
        try {
            typing.tell(batch.getItemsList());
        } catch (MagpieException e) {
            log.debug("{} notices of typing are lost", batch.getItemsCount(), e);
        }
        return Done.getDefaultInstance();
    }

    private static UserKey user(SessionRef session) {
        return new UserKey(session.getAppId(), session.getUserId());
    }
}
