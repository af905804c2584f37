package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Who has read how far in a conversation, and since when which device knows. */
final class Reads {

    static final long NEVER = Long.MAX_VALUE;

    private final Conversation conversation;
    private final History history;
    private final long newest;
    private final List<Attempt> attempts;

    Reads(Conversation conversation, History history) {
        this.conversation = conversation;
        this.history = history;
        var entries = conversation.entries();
        this.newest = entries.isEmpty() ? 0 : entries.getLast().sequence();
        this.attempts = conversation.attempts().stream()
                .filter(attempt -> attempt.what() instanceof Operation.Read)
                .toList();
    }

    /**
     * How far somebody has read in the end.
     *
     * @param line the first one that says so
     */
    record Furthest(String user, long sequence, Event line) {}

    /**
     * Returns how far somebody has read: as far as any device has ever been told, and as far as devices say whose app stays open. An app that is
     * closed may take what it did not tell with it.
     */
    Furthest furthest(String user) {
        var told = conversation.marks().stream()
                .filter(mark -> mark.user().equals(user))
                .map(mark -> new Furthest(user, mark.read(), mark));
        var said = attempts.stream()
                .filter(attempt -> attempt.device().user().equals(user)
                        && history.life(attempt.device())
                                .lastsFrom(attempt.invoked().at()))
                .map(attempt -> new Furthest(user, sequence(attempt), attempt.invoked()));
        return Stream.concat(told, said)
                .reduce(new Furthest(user, 0, history.began()), (a, b) -> b.sequence() > a.sequence() ? b : a);
    }

    /** Returns when a device knew of that: it was told, or had said so itself. */
    long learnt(DeviceName device, Furthest furthest) {
        var told = conversation.marks().stream()
                .filter(mark -> mark.device().equals(device)
                        && mark.user().equals(furthest.user())
                        && mark.read() >= furthest.sequence())
                .mapToLong(Event.Marked::at);
        var said = attempts.stream()
                .filter(attempt -> attempt.device().equals(device)
                        && device.user().equals(furthest.user())
                        && sequence(attempt) >= furthest.sequence())
                .mapToLong(attempt -> attempt.invoked().at());
        return LongStream.concat(told, said).min().orElse(NEVER);
    }

    /** Whoever has read more than there is has read what there is. */
    private long sequence(Attempt attempt) {
        return attempt.what() instanceof Operation.Read read ? Math.min(read.sequence(), newest) : 0;
    }
}
