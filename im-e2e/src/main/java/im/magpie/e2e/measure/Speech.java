package im.magpie.e2e.measure;

import im.magpie.bench.MeasurementException;
import im.magpie.client.SentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Some members speak, all at once, and others listen until they have heard it all. */
public final class Speech {

    private static final long SECOND = 1_000_000_000;

    private final List<Member> speakers;
    private final Function<Member, String> where;
    private final Talk talk;
    private final int forEach;

    private Speech(List<Member> speakers, Function<Member, String> where, Talk talk, int forEach) {
        this.speakers = speakers;
        this.where = where;
        this.talk = talk;
        this.forEach = forEach;
    }

    /** @param messages of each of them */
    static Speech to(String conversation, List<Member> speakers, int messages) {
        var talk = Talk.of(speakers.size(), messages);
        return new Speech(speakers, _ -> conversation, talk, talk.total());
    }

    /** Each writes to somebody else. */
    static Speech toEach(Function<Member, String> where, List<Member> speakers, int messages) {
        return new Speech(speakers, where, Talk.of(speakers.size(), messages), messages);
    }

    /** Has the first of those who are gathered write to a group, and fails unless everybody there is shown every message, once and in order. */
    public static void heardByAll(Gathering gathering, String conversation, int speakers, int messages) {
        var all = gathering.members();
        to(conversation, all.subList(0, speakers), messages).give(Double.POSITIVE_INFINITY, all);
    }

    int total() {
        return talk.total();
    }

    /**
     * Returns when everything is acknowledged and heard.
     *
     * @param perSecond how many messages all of them write in a second; infinity for as many as go through
     * @return how long that took
     * @throws MeasurementException when somebody was not shown it all, once and in order
     */
    Duration give(double perSecond, Collection<Member> listeners) {
        listeners.forEach(listener -> listener.notes().follow(talk, forEach));
        var begin = System.nanoTime();
        var sent = new ArrayList<CompletableFuture<SentMessage>>();
        for (var number = 0; number < talk.messages(); number++) {
            for (var i = 0; i < speakers.size(); i++) {
                Patience.pauseUntil(begin + (long) (sent.size() * SECOND / perSecond));
                var speaker = speakers.get(i);
                sent.add(speaker.says(where.apply(speaker), talk.line(i, number)));
            }
        }
        sent.forEach(message -> Patience.await("an acknowledgement", message));
        Patience.await(
                () -> listeners.stream().allMatch(listener -> listener.notes().complete()), () -> wrong(listeners));
        var wrong = wrong(listeners);
        if (!wrong.isEmpty()) {
            throw new MeasurementException("Not as it should be: " + wrong);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String wrong(Collection<Member> listeners) {
        var all = listeners.stream()
                .map(listener -> listener.notes().wrong())
                .filter(Objects::nonNull)
                .toList();
        return all.isEmpty() ? "" : "%d members, the first: %s".formatted(all.size(), all.getFirst());
    }
}
