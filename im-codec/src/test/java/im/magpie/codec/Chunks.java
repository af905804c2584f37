package im.magpie.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Randomness that can be had again: every test that uses it names the seed when it fails, and {@code -Dseed} sets it. */
public final class Chunks {

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    public Random random() {
        return random;
    }

    /** Cuts the bytes into pieces of 1 to {@code longest}. */
    public List<byte[]> of(byte[] bytes, int longest) {
        var pieces = new ArrayList<byte[]>();
        for (var start = 0; start < bytes.length; ) {
            var end = Math.min(bytes.length, start + random.nextInt(1, longest + 1));
            pieces.add(Arrays.copyOfRange(bytes, start, end));
            start = end;
        }
        return pieces;
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
