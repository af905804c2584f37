package im.magpie.client.testing;

import java.util.stream.LongStream;

/** The seeds of random tests. Set the property {@code seed} to see one run again, {@code seeds} to see more. */
public final class Seeds {

    /** Returns so many, unless the properties say otherwise. */
    public static LongStream first(int many) {
        var seed = Long.getLong("seed");
        return seed == null ? LongStream.rangeClosed(1, Long.getLong("seeds", many)) : LongStream.of(seed);
    }

    private Seeds() {}
}
