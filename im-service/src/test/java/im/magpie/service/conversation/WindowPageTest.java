package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.broker.AcceptedMessage;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowPageTest {

    private final WindowPage page = page(10, 20, 20, 30);

    @Test
    void olderMessagesAreLeftOut() {
        assertThat(page.since(20)).isEqualTo(page(20, 20, 30));
        assertThat(page.since(31)).isEqualTo(page());
    }

    @Test
    void aPageWithoutOlderMessagesIsNotCopied() {
        assertThat(page.since(Long.MIN_VALUE)).isSameAs(page);
        assertThat(page.since(10)).isSameAs(page);
        assertThat(page().since(10)).isEqualTo(page());
    }

    private static WindowPage page(long... times) {
        var messages = LongStream.of(times)
                .mapToObj(
                        time -> AcceptedMessage.newBuilder().setServerTime(time).build())
                .toList();
        return new WindowPage(new Head(4, 4), 4, messages, List.of());
    }
}
