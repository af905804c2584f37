package im.magpie.service.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Cuts lists so that no script gets more than it may. */
final class Chunks {

    static final int MOST_ENTRIES = 1_000;

    static <T> List<List<T>> of(List<T> entries) {
        return of(entries, _ -> 1, MOST_ENTRIES);
    }

    /** Cuts so that a chunk has at most 1,000 entries and their sizes sum up to at most this, unless one alone is larger. */
    static <T> List<List<T>> of(List<T> entries, ToLongFunction<T> sizes, long mostSize) {
        var chunks = new ArrayList<List<T>>();
        var start = 0;
        var size = 0L;
        for (var i = 0; i < entries.size(); i++) {
            var next = sizes.applyAsLong(entries.get(i));
            if (i > start && (i - start == MOST_ENTRIES || size + next > mostSize)) {
                chunks.add(entries.subList(start, i));
                start = i;
                size = 0;
            }
            size += next;
        }
        if (start < entries.size()) {
            chunks.add(entries.subList(start, entries.size()));
        }
        return chunks;
    }

    private Chunks() {}
}
