package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the services are asked of some sends: one item for each sender and conversation, and which of its names each send has. */
final class CheckQuestion {

    /** A message's item, and its place among the item's names. */
    private record Place(int item, int name) {}

    private record Item(int number, CheckItem.Builder builder) {}

    private final List<Place> places = new ArrayList<>();
    private final CheckBatch batch;

    CheckQuestion(List<PendingSend> sends) {
        Map<Writer, Item> items = new LinkedHashMap<>();
        for (var send : sends) {
            var item = items.computeIfAbsent(send.writer(), writer -> new Item(items.size(), writer.toItem()));
            places.add(new Place(item.number(), item.builder().getClientMessageIdsCount()));
            item.builder().addClientMessageIds(send.clientMessageId());
        }
        var built = CheckBatch.newBuilder();
        items.values().forEach(item -> built.addItems(item.builder()));
        this.batch = built.build();
    }

    CheckBatch batch() {
        return batch;
    }

    /** Returns what the outcomes say of each send, in the order of the sends. */
    List<CheckAnswer> answers(List<CheckOutcome> outcomes) {
        if (outcomes.size() != batch.getItemsCount()) {
            throw new IllegalStateException(
                    "%d outcomes for %d checks".formatted(outcomes.size(), batch.getItemsCount()));
        }
        return places.stream()
                .map(place -> answer(outcomes.get(place.item()), place))
                .toList();
    }

    private CheckAnswer answer(CheckOutcome outcome, Place place) {
        var names = batch.getItems(place.item()).getClientMessageIdsCount();
        if (place.name() >= names - outcome.getTooFast()) {
            return new CheckAnswer.Refused(
                    ErrorCode.RATE_LIMITED, "too many messages a second", outcome.getRetryAfterMs());
        }
        if (outcome.getError() == ErrorCode.OK) {
            return new CheckAnswer.Passed(outcome.getShape());
        }
        return outcome.getAcceptedBeforeList().contains(place.name())
                ? new CheckAnswer.Resend()
                : new CheckAnswer.Refused(outcome.getError(), outcome.getErrorMessage(), 0);
    }
}
