package im.magpie.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What has become of the latest messages that a user has sent to one conversation. Not safe for use by many threads.
 */
final class Ticks {

    private static final int MOST = 100;
    private static final int FEW = 3;

    private final TreeMap<Long, String> sent = new TreeMap<>();
    private long delivered;
    private long read;

    /** A message is durable. Returns the line that says so. */
    String sent(long sequence, String text) {
        sent.put(sequence, text);
        if (sent.size() > MOST) {
            sent.pollFirstEntry();
        }
        if (sequence <= read) {
            return "✓✓ read: " + text;
        }
        return (sequence <= delivered ? "✓✓ " : "✓ ") + text;
    }

    /** The other side has got and read everything up to here. Returns the lines that say what is new about it. */
    List<String> raise(long deliveredUpTo, long readUpTo) {
        var lines = new ArrayList<String>();
        var newlyRead = sent.subMap(read, false, Math.max(read, readUpTo), true);
        lines.addAll(lines("✓✓ read: ", newlyRead));
        read = Math.max(read, readUpTo);
        var from = Math.max(delivered, read);
        var newlyDelivered = sent.subMap(from, false, Math.max(from, deliveredUpTo), true);
        lines.addAll(lines("✓✓ ", newlyDelivered));
        delivered = Math.max(from, deliveredUpTo);
        return lines;
    }

    private static List<String> lines(String mark, NavigableMap<Long, String> messages) {
        return messages.size() > FEW
                ? List.of(mark + messages.size() + " messages")
                : messages.values().stream().map(mark::concat).toList();
    }
}
