package im.magpie.bench.workload;

import java.util.Collection;
import java.util.List;

/**
 * How far {@link Growth} has things grow. Each size makes a load, the smallest first; where a thing has no sizes its loads are left out.
 *
 * @param idleConnections that are there besides those of W1's users, after a load without them
 * @param conversations of each user
 * @param conversationUsers who have so many, an even number
 * @param stored messages that are written before a load, after a load before which none are
 */
public record GrowthSizes(
        List<Integer> idleConnections, List<Integer> conversations, int conversationUsers, List<Long> stored) {

    /** Leaves out sizes of 0, and refuses what can't be with an {@link IllegalArgumentException}. */
    public GrowthSizes {
        idleConnections = ascending(idleConnections);
        conversations = ascending(conversations);
        stored = ascending(stored);
        if (conversationUsers < 2 || conversationUsers % 2 != 0) {
            throw new IllegalArgumentException("Users are in pairs.");
        }
    }

    private static <N extends Number & Comparable<N>> List<N> ascending(Collection<N> sizes) {
        if (sizes.stream().anyMatch(size -> size.longValue() < 0)) {
            throw new IllegalArgumentException("Nothing grows to less than nothing.");
        }
        return sizes.stream()
                .filter(size -> size.longValue() > 0)
                .distinct()
                .sorted()
                .toList();
    }
}
