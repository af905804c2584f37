package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.service.rate.SendRateSettings;
import im.magpie.service.rate.SendRates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

    static final SendRates UNLIMITED =
            new SendRates(() -> new SendRateSettings(0, 1, 0, 1), () -> 0, new SimpleMeterRegistry());

    private static final CheckOutcome ALLOWED = CheckOutcome.getDefaultInstance();

    private final List<CheckItem> checked = new ArrayList<>();
    private final Checks checks = new Checks(
            items -> {
                checked.addAll(items);
                return Collections.nCopies(items.size(), ALLOWED);
            },
            new SendRates(() -> new SendRateSettings(1, 3, 0, 1), () -> 0, new SimpleMeterRegistry()));

    @Test
    void whatIsInTimeIsCheckedAsItIs() {
        var item = item("alice", 3);

        assertThat(checks.outcomes(List.of(item))).containsExactly(ALLOWED);
        assertThat(checked).containsExactly(item);
    }

    @Test
    void theLastMessagesOfAnItemMayBeTooFast() {
        var outcome = checks.outcomes(List.of(item("alice", 5))).getFirst();

        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        assertThat(outcome.getTooFast()).isEqualTo(2);
        assertThat(outcome.getRetryAfterMs()).isPositive();
        assertThat(checked).containsExactly(item("alice", 3));
    }

    @Test
    void whatIsAllTooFastIsNotCheckedAtAll() {
        var outcomes = checks.outcomes(List.of(item("alice", 3), item("alice", 2), item("bob", 1)));

        assertThat(outcomes)
                .extracting(CheckOutcome::getError)
                .containsExactly(ErrorCode.OK, ErrorCode.RATE_LIMITED, ErrorCode.OK);
        assertThat(outcomes.get(1).getTooFast()).isEqualTo(2);
        assertThat(checked).containsExactly(item("alice", 3), item("bob", 1));
    }

    @Test
    void anItemWithoutNamesIsOneMessage() {
        assertThat(checks.outcomes(List.of(item("alice", 0), item("alice", 0), item("alice", 0), item("alice", 0))))
                .extracting(CheckOutcome::getTooFast)
                .containsExactly(0, 0, 0, 1);
    }

    private static CheckItem item(String sender, int messages) {
        var item = CheckItem.newBuilder().setAppId("app").setSenderId(sender);
        for (var i = 0; i < messages; i++) {
            item.addClientMessageIds(ByteString.copyFromUtf8("id " + i));
        }
        return item.build();
    }
}
