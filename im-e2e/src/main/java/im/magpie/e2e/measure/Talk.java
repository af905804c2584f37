package im.magpie.e2e.measure;

import im.magpie.codec.protocol.ChatMessage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What some people say in one go, numbered by speaker, so that every listener can tell what he has missed.
 *
 * @param id tells talks apart
 * @param speakers how many people speak
 * @param messages of each of them
 */
record Talk(int id, int speakers, int messages) {

    private static final AtomicInteger TALKS = new AtomicInteger();

    static Talk of(int speakers, int messages) {
        return new Talk(TALKS.incrementAndGet(), speakers, messages);
    }

    /** Where a message belongs. */
    record Line(int talk, int speaker, int number) {

        String text() {
            return "%d %d %d".formatted(talk, speaker, number);
        }

        static Line of(ChatMessage message) {
            var words = message.getContent().getText().getText().split(" ", -1);
            return new Line(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }
    }

    Line line(int speaker, int number) {
        return new Line(id, speaker, number);
    }

    int total() {
        return speakers * messages;
    }
}
