package im.magpie.service.membership;

import java.util.List;

/**
 * What of a conversation somebody may read.
 *
 * @param parts in their order, none touching another
 * @param current whether the last of them goes on
 */
public record Extent(List<Part> parts, boolean current) {

    /** Of a member from the beginning, who stays. */
    public static final Extent ALL = new Extent(List.of(new Part(0, Long.MAX_VALUE)), true);

    /**
     * The places of (after, to].
     *
     * @param to {@link Long#MAX_VALUE} where there is no end yet
     */
    public record Part(long after, long to) {}

    /** Returns the highest place that may be read of those up to one; 0 for none. */
    public long newest(long sequence) {
        return parts.reversed().stream()
                .filter(part -> part.after() < sequence)
                .mapToLong(part -> Math.min(part.to(), sequence))
                .findFirst()
                .orElse(0);
    }

    /** Returns whether what is at a place may be read. */
    public boolean has(long sequence) {
        return parts.stream().anyMatch(part -> part.after() < sequence && sequence <= part.to());
    }

    /** Returns the first part of what may be read above a place, cut off there; one without places where nothing may be. */
    public Part above(long sequence) {
        return parts.stream()
                .filter(part -> part.to() > sequence)
                .map(part -> new Part(Math.max(part.after(), sequence), part.to()))
                .findFirst()
                .orElse(new Part(sequence, sequence));
    }
}
