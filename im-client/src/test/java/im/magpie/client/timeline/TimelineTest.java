package im.magpie.client.timeline;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final List<Long> kept = new ArrayList<>();
    private boolean broken;
    private final Timeline timeline = new Timeline(CONVERSATION, 10, 3, this::keep);

    private void keep(String conversationId, List<ChatMessage> messages, long position) {
        assertThat(conversationId).isEqualTo(CONVERSATION);
        if (broken) {
            throw new IllegalStateException("no space left");
        }
        messages.forEach(message -> kept.add(message.getSequence()));
    }

    @Test
    void movesOnOverWhatComesInOrder() {
        timeline.take(message(11));
        timeline.take(message(12));
        assertThat(kept).containsExactly(11L, 12L);
        assertThat(timeline.position()).isEqualTo(12);
        assertThat(timeline.hasGap()).isFalse();
    }

    @Test
    void dropsDuplicates() {
        timeline.take(message(11));
        timeline.take(message(11));
        timeline.take(message(3));
        timeline.take(message(13));
        timeline.take(message(13));
        timeline.take(message(12));
        assertThat(kept).containsExactly(11L, 12L, 13L);
    }

    @Test
    void holdsBackWhatComesEarly() {
        timeline.take(message(13));
        timeline.take(message(12));
        assertThat(kept).isEmpty();
        assertThat(timeline.position()).isEqualTo(10);
        assertThat(timeline.newest()).isEqualTo(13);
        assertThat(timeline.hasGap()).isTrue();
        timeline.take(message(11));
        assertThat(kept).containsExactly(11L, 12L, 13L);
        assertThat(timeline.hasGap()).isFalse();
    }

    @Test
    void dropsTheFarthestWhenThereIsNoRoom() {
        for (var sequence = 16; sequence >= 12; sequence--) {
            timeline.take(message(sequence));
        }
        timeline.take(message(11));
        assertThat(kept).containsExactly(11L, 12L, 13L, 14L);
        assertThat(timeline.newest()).isEqualTo(16);
        assertThat(timeline.hasGap()).isTrue();
    }

    @Test
    void aRangeCoversNumbersThatNoMessageHas() {
        timeline.take(message(15));
        timeline.takeRange(10, 14, List.of(message(12)));
        assertThat(kept).containsExactly(12L, 15L);
        assertThat(timeline.position()).isEqualTo(15);
        timeline.takeRange(15, 18, List.of());
        assertThat(timeline.position()).isEqualTo(18);
        assertThat(timeline.newest()).isEqualTo(18);
    }

    @Test
    void takesOfARangeOnlyWhatItLacks() {
        timeline.takeRange(5, 12, List.of(message(9), message(10), message(11), message(12), message(13)));
        assertThat(kept).containsExactly(11L, 12L);
        assertThat(timeline.position()).isEqualTo(12);
    }

    @Test
    void aRangeBeyondAGapOrBelowThePositionChangesNothing() {
        timeline.takeRange(11, 14, List.of(message(12)));
        timeline.takeRange(3, 9, List.of(message(4)));
        assertThat(kept).isEmpty();
        assertThat(timeline.position()).isEqualTo(10);
    }

    @Test
    void nothingMovesWhenItCouldNotBeKept() {
        broken = true;
        assertThatThrownBy(() -> timeline.take(message(11))).hasMessage("no space left");
        assertThatThrownBy(() -> timeline.takeRange(10, 12, List.of(message(12))))
                .hasMessage("no space left");
        assertThat(timeline.position()).isEqualTo(10);
        assertThat(timeline.hasGap()).isTrue();
        broken = false;
        timeline.take(message(11));
        assertThat(kept).containsExactly(11L);
    }
}
