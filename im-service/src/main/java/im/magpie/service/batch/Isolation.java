package im.magpie.service.batch;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Keeps a fault in one of several things from taking the others along. */
public final class Isolation {

    /**
     * Does work for all of them; where it throws, for either half, and so on, in their order. It has to bear repetition.
     *
     * @param fault is told of each one for which the work fails even alone
     */
    public static <T> void run(List<T> all, Consumer<List<T>> work, BiConsumer<T, RuntimeException> fault) {
        try {
            work.accept(all);
        } catch (RuntimeException e) {
            if (all.size() < 2) {
                all.forEach(one -> fault.accept(one, e));
            } else {
                var half = all.size() / 2;
                run(all.subList(0, half), work, fault);
                run(all.subList(half, all.size()), work, fault);
            }
        }
    }

    private Isolation() {}
}
