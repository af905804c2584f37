package im.magpie.e2e.measure;

import im.magpie.codec.protocol.ChatMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one member was shown, and the first thing about it that was not as it should be. Safe for use by many threads. */
final class Notes {

    private final String name;
    private final Map<String, Long> newest = new HashMap<>();
    private @Nullable Talk talk;
    private int[] next = {};
    private int wanted;
    private int heard;
    private @Nullable String fault;

    Notes(String name) {
        this.name = name;
    }

    /**
     * From now on this is what he listens to.
     *
     * @param messages how many of it are for him
     */
    synchronized void follow(Talk followed, int messages) {
        talk = followed;
        wanted = messages;
        next = new int[followed.speakers()];
        heard = 0;
    }

    synchronized void hear(ChatMessage message) {
        inOrder(message);
        var followed = talk;
        if (!message.getContent().hasText() || followed == null) {
            return;
        }
        var line = Talk.Line.of(message);
        if (line.talk() == followed.id()) {
            if (line.number() != next[line.speaker()]) {
                fault("message %d of speaker %d instead of %d"
                        .formatted(line.number(), line.speaker(), next[line.speaker()]));
            }
            next[line.speaker()] = line.number() + 1;
            heard++;
        }
    }

    /** Sequences are dense: what is missing, comes twice or in another order shows at once. */
    private void inOrder(ChatMessage message) {
        var before = newest.put(message.getConversationId(), message.getSequence());
        if (before != null && message.getSequence() != before + 1) {
            fault("#%d behind #%d".formatted(message.getSequence(), before));
        }
    }

    private void fault(String what) {
        if (fault == null) {
            fault = "%s was shown %s".formatted(name, what);
        }
    }

    /** Returns whether everything was shown, or something was wrong. */
    synchronized boolean complete() {
        return fault != null || heard >= wanted;
    }

    /** Returns what is wrong by now; null where everything was shown, once and in order. */
    synchronized @Nullable String wrong() {
        if (fault == null && heard != wanted) {
            return "%s was shown %d of %d messages; next of each speaker are %s"
                    .formatted(name, heard, wanted, Arrays.toString(next));
        }
        return fault;
    }
}
