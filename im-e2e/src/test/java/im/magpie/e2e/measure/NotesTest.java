package im.magpie.e2e.measure;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotesTest {

    private final Talk talk = Talk.of(2, 2);
    private final Notes notes = new Notes("bob");

    @BeforeEach
    void follow() {
        notes.follow(talk, talk.total());
    }

    @Test
    void everythingOnceAndInOrderIsRight() {
        hear(7, talk.line(1, 0));
        hear(8, talk.line(0, 0));
        hear(9, talk.line(0, 1));
        assertThat(notes.complete()).isFalse();
        hear(10, talk.line(1, 1));

        assertThat(notes.complete()).isTrue();
        assertThat(notes.wrong()).isNull();
    }

    @Test
    void whatIsMissingIsWrong() {
        hear(7, talk.line(0, 0));

        assertThat(notes.complete()).isFalse();
        assertThat(notes.wrong()).isEqualTo("bob was shown 1 of 4 messages; next of each speaker are [1, 0]");
    }

    @Test
    void whatIsLeftOutIsWrongAtOnce() {
        hear(7, talk.line(0, 1));

        assertThat(notes.complete()).isTrue();
        assertThat(notes.wrong()).isEqualTo("bob was shown message 1 of speaker 0 instead of 0");
    }

    @Test
    void whatComesTwiceIsWrong() {
        hear(7, talk.line(0, 0));
        hear(7, talk.line(0, 0));

        assertThat(notes.wrong()).isEqualTo("bob was shown #7 behind #7");
    }

    @Test
    void aGapIsWrong() {
        hear(7, talk.line(0, 0));
        hear(9, talk.line(0, 1));

        assertThat(notes.wrong()).isEqualTo("bob was shown #9 behind #7");
    }

    @Test
    void otherTalksAreNotCounted() {
        var next = Talk.of(1, 1);
        notes.follow(next, 1);
        hear(7, talk.line(1, 1));
        assertThat(notes.complete()).isFalse();
        hear(8, next.line(0, 0));

        assertThat(notes.complete()).isTrue();
        assertThat(notes.wrong()).isNull();
    }

    private void hear(long sequence, Talk.Line line) {
        notes.hear(ChatMessage.newBuilder()
                .setConversationId("group_g")
                .setSequence(sequence)
                .setContent(Contents.text(line.text()))
                .build());
    }
}
