package im.magpie.client.store;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a device has begun to log in.
 *
 * @param run names the count: no other device's is likely to be called so
 * @param number of the last one
 */
public record LoginCount(long run, int number) {

    /** Returns a count of which nothing is counted yet. */
    static LoginCount begin() {
        return new LoginCount(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), 0);
    }

    LoginCount next() {
        return new LoginCount(run, number + 1);
    }
}
