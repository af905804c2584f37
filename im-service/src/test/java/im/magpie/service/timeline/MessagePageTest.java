package im.magpie.service.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.conversation.Head;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePageTest {

    /** Of a page that ends at 10, and of a range that ends at 30. */
    @ParameterizedTest
    @CsvSource({"0, 10", "7, 10", "10, 10", "20, 20", "30, 30", "40, 30"})
    void whatHasOutlivedItsRetentionIsCoveredAtOnce(long outlived, long covered) {
        assertThat(new MessagePage(new Head(50, 50), 10, List.of(), outlived).coveredTo(30))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "40"})
    void aPageCoversItself(long outlived) {
        assertThat(new MessagePage(new Head(50, 50), 10, List.of(), outlived).coveredTo(10))
                .isEqualTo(10);
    }
}
