package im.magpie.service.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.PullRange;
import im.magpie.service.conversation.Head;
import im.magpie.service.membership.Extent;
import java.util.List;
import org.junit.jupiter.api.Test;

class PullPageTest {

    private static final PullRange ALL =
            PullRange.newBuilder().setConversationId("group_club").build();

    private static long beginning(long outlived, Extent readable) {
        var page = new PullPage(1_000);
        page.add(ALL, new MessagePage(new Head(90, 90), 90, List.of(), outlived), readable);
        return page.reply().getRanges(0).getOutlivedSequence();
    }

    @Test
    void aConversationBeginsWhereItsReaderMayRead() {
        var since56 = new Extent(List.of(new Extent.Part(56, Long.MAX_VALUE)), true);
        assertThat(beginning(0, since56)).isEqualTo(56);
        assertThat(beginning(70, since56)).isEqualTo(70);
        assertThat(beginning(0, Extent.ALL)).isZero();
        assertThat(beginning(7, Extent.ALL)).isEqualTo(7);
    }
}
