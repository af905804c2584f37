package im.magpie.client.testing;

import im.magpie.codec.packet.Packet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A bad network, from a seed: packets are lost, doubled, held up and mixed, and connections break. Not safe for use by
 * many threads.
 */
public final class Faults {

    private final Random random;
    private double rate;

    /** @param rate how likely each kind of fault is for each packet, 0 to 1 */
    public Faults(long seed, double rate) {
        this.random = new Random(seed);
        this.rate = rate;
    }

    public static Faults none() {
        return new Faults(0, 0);
    }

    /** From now on the network is a good one. */
    public void end() {
        rate = 0;
    }

    boolean strikes() {
        return random.nextDouble() < rate;
    }

    /** Returns whether the connection breaks now, which is rare. */
    boolean breaks() {
        return random.nextDouble() < rate * rate;
    }

    /** Writes a push and what was held up before, or some of it, in any order. */
    void pass(Packet push, List<Packet> heldUp, Consumer<Packet> write) {
        if (!strikes()) {
            heldUp.add(push);
        }
        if (strikes()) {
            heldUp.add(push);
        }
        if (rate == 0 || !random.nextBoolean()) {
            var out = new ArrayList<>(heldUp);
            heldUp.clear();
            if (rate > 0) {
                Collections.shuffle(out, random);
            }
            out.forEach(write);
        }
    }
}
