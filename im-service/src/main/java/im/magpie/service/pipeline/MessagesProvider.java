package im.magpie.service.pipeline;

import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckOutcomes;
import im.magpie.common.rpc.DubboMessagesTriple;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.common.rpc.SubmitOutcomes;
import im.magpie.service.change.ChangeCheck;
import im.magpie.service.conversation.Offer;
import im.magpie.service.rate.SendRates;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.dubbo.config.annotation.DubboService;

/** The way of a message, for gateways. What goes wrong with a message is said in its outcome; these calls themselves do not fail. */
@DubboService
public class MessagesProvider extends DubboMessagesTriple.MessagesImplBase {

    private final Checks checks;
    private final Submission submission;
    private final Intake intake;
    private final SubmitMeters meters;

    MessagesProvider(
            SendCheck check,
            SendRates rates,
            ChangeCheck changes,
            Submission submission,
            SubmitProperties properties,
            MeterRegistry registry) {
        this.checks = new Checks(check, rates);
        this.submission = submission;
        this.meters = new SubmitMeters(registry);
        this.intake = new Intake(new OfferReader(properties.maxContentBytes()), changes);
    }

    @Override
    public CheckOutcomes check(CheckBatch batch) {
        return CheckOutcomes.newBuilder()
                .addAllOutcomes(checks.outcomes(batch.getItemsList()))
                .build();
    }

    @Override
    public SubmitOutcomes submit(SubmitBatch batch) {
        var outcomes = new Outcome[batch.getItemsCount()];
        List<Offer> offers = new ArrayList<>();
        List<Integer> offered = new ArrayList<>();
        var entries = intake.take(batch.getItemsList());
        for (int i = 0; i < outcomes.length; i++) {
            switch (entries.get(i)) {
                case Intake.Entry.Decided decided -> outcomes[i] = decided.outcome();
                case Intake.Entry.Offered accepted -> {
                    offers.add(accepted.offer());
                    offered.add(i);
                }
            }
        }
        var submitted = submission.submit(offers);
        for (int i = 0; i < submitted.size(); i++) {
            outcomes[offered.get(i)] = submitted.get(i);
        }
        meters.answered(outcomes);
        return answer(outcomes);
    }

    private static SubmitOutcomes answer(Outcome[] outcomes) {
        var answer = SubmitOutcomes.newBuilder();
        for (var outcome : outcomes) {
            answer.addOutcomes(answer(outcome));
        }
        return answer.build();
    }

    private static SubmitOutcome answer(Outcome outcome) {
        var answer = SubmitOutcome.newBuilder();
        return switch (outcome) {
            case Outcome.Settled settled ->
                answer.setState(SubmitOutcome.State.SETTLED)
                        .setSequence(settled.sequence())
                        .setOrdinal(settled.ordinal())
                        .setServerTime(settled.serverTime())
                        .build();
            case Outcome.Refused refused ->
                answer.setState(SubmitOutcome.State.REFUSED)
                        .setError(refused.code())
                        .setErrorMessage(refused.reason())
                        .setRetryAfterMs(Math.toIntExact(refused.retryAfter().toMillis()))
                        .build();
            case Outcome.CheckAgain _ ->
                answer.setState(SubmitOutcome.State.CHECK_AGAIN).build();
            case Outcome.Unknown _ ->
                answer.setState(SubmitOutcome.State.UNKNOWN).build();
            case Outcome.Pending _ ->
                answer.setState(SubmitOutcome.State.PENDING).build();
        };
    }
}
