package im.magpie.tcp.room;

import im.magpie.tcp.room.Said.Rank;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What is to be written to a room: in its order, and within bounds. Where there is too much, the messages of the lowest rank go first, and of these the oldest;
 * events stay. Not safe for use by many threads.
 */
final class Gathered {

    private static final List<Rank> MESSAGES = List.of(Rank.LOW, Rank.NORMAL, Rank.HIGH);

    /** Each once, whatever it is equal to: nothing here has an equality of its own. */
    private final LinkedHashSet<Said> all = new LinkedHashSet<>();

    private final Map<Rank, ArrayDeque<Said>> byRank = new EnumMap<>(Rank.class);
    private int messages;
    private long bytes;
    private int cuts;

    /** Adds one, and returns what is left out by it. */
    List<Said> add(Said said, int maxMessages, int maxBytes) {
        all.add(said);
        ofRank(said.rank()).addLast(said);
        cuts += said.out() == null ? 0 : 1;
        if (said.rank() == Rank.EVENT) {
            return List.of();
        }
        messages++;
        bytes += said.bytes().size();
        return shed(maxMessages, maxBytes);
    }

    private List<Said> shed(int maxMessages, int maxBytes) {
        if (messages <= maxMessages && bytes <= maxBytes) {
            return List.of();
        }
        var left = new ArrayList<Said>();
        for (var rank : MESSAGES) {
            var oldest = ofRank(rank);
            while (!oldest.isEmpty() && (messages > maxMessages || (bytes > maxBytes && messages > 1))) {
                var out = oldest.removeFirst();
                all.remove(out);
                count(out);
                left.add(out);
            }
        }
        return left;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns whether there is somebody who goes by something of it, so that what is behind that is not for him. */
    boolean isCut() {
        return cuts > 0;
    }

    /** Takes what can be written at once: up to the first by which somebody goes. */
    List<Said> take() {
        var taken = new ArrayList<Said>(all.size());
        while (!all.isEmpty()) {
            var said = all.removeFirst();
            ofRank(said.rank()).removeFirst();
            taken.add(said);
            if (said.rank() != Rank.EVENT) {
                count(said);
            }
            if (said.out() != null) {
                cuts--;
                break;
            }
        }
        return taken;
    }

    private void count(Said gone) {
        messages--;
        bytes -= gone.bytes().size();
    }

    private ArrayDeque<Said> ofRank(Rank rank) {
        return byRank.computeIfAbsent(rank, _ -> new ArrayDeque<>());
    }
}
