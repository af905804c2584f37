package im.magpie.tcp.lane;

import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.CheckOutcomes;
import im.magpie.common.rpc.DubboMessagesTriple;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitOutcomes;
import im.magpie.tcp.fixture.FakeMessages;
import java.util.ArrayList;
import java.util.List;

/** Lets everybody write and settles everything, with answers that are there already, so that they cost nothing. */
final class PromptMessages extends DubboMessagesTriple.MessagesImplBase {

    private final List<CheckOutcomes> checks = new ArrayList<>();
    private final List<SubmitOutcomes> submits = new ArrayList<>();

    PromptMessages(int maxBatch) {
        var passed = CheckOutcomes.newBuilder();
        var settled = SubmitOutcomes.newBuilder();
        for (var i = 0; i <= maxBatch; i++) {
            checks.add(passed.build());
            submits.add(settled.build());
            passed.addOutcomes(CheckOutcome.getDefaultInstance());
            settled.addOutcomes(FakeMessages.settled(1));
        }
    }

    @Override
    public CheckOutcomes check(CheckBatch batch) {
        return checks.get(batch.getItemsCount());
    }

    @Override
    public SubmitOutcomes submit(SubmitBatch batch) {
        return submits.get(batch.getItemsCount());
    }
}
