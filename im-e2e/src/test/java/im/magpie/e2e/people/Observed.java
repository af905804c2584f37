package im.magpie.e2e.people;

import im.magpie.e2e.system.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a device has been told of one kind, in the order in which it was told; may be waited for. */
final class Observed<T> {

    private static final int SHOWN = 20;

    private final String who;
    private final List<T> all = new ArrayList<>();

    Observed(String who) {
        this.who = who;
    }

    synchronized void add(T one) {
        all.add(one);
        notifyAll();
    }

    synchronized List<T> all() {
        return List.copyOf(all);
    }

    /**
     * Waits until the condition holds.
     *
     * @param condition looks at everything told so far; it is not to keep the list
     */
    void await(String what, Predicate<List<T>> condition) {
        Await.change(
                this,
                () -> condition.test(all),
                () -> "%s, until %s. It was told %d things, the last of them: %s"
                        .formatted(who, what, all.size(), all.subList(Math.max(0, all.size() - SHOWN), all.size())));
    }
}
