package im.magpie.e2e.check;

import im.magpie.client.SentMessage;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Every message that devices were asked to send, in the order of the asking, and what came of it. No two may say the same, for it is by their
 * texts that messages are known. Safe for use by many threads; each device's messages to one person come from one thread.
 */
public final class Ledger {

    private static final int SHOWN = 10;

    private final List<Said> all = new ArrayList<>();
    private int acknowledged;
    private int refused;

    /** Sends a message; completes when its fate is written down, exceptionally when it was refused. */
    public CompletableFuture<SentMessage> says(Device device, Person to, String text) {
        var conversation = device.owner().conversationWith(to);
        var said = new Said(conversation, device.owner().userId(), device.toString(), text);
        synchronized (this) {
            all.add(said);
        }
        return device.sends(to, text).whenComplete((sent, why) -> ended(said, sent, why));
    }

    private synchronized void ended(Said said, @Nullable SentMessage sent, @Nullable Throwable why) {
        if (sent != null) {
            said.acknowledged(sent);
            acknowledged++;
        } else if (why != null) {
            said.refused(why);
            refused++;
        }
        notifyAll();
    }

    /** Returns how many messages were acknowledged up to now. */
    public synchronized int acknowledged() {
        return acknowledged;
    }

    /** Returns how many messages were refused up to now. */
    public synchronized int refused() {
        return refused;
    }

    /** Waits until so many messages have been acknowledged. */
    public void awaitAcknowledged(int count) {
        Await.change(
                this, () -> acknowledged >= count, () -> "%d were to be acknowledged; %s".formatted(count, state()));
    }

    /** Waits until the fate of everything is known. */
    public void awaitAll() {
        Await.change(this, () -> acknowledged + refused == all.size(), () -> "all were to have an end; " + state());
    }

    private String state() {
        return "of %d messages %d are acknowledged and %d refused, and open are %s ..."
                .formatted(all.size(), acknowledged, refused, open());
    }

    private List<Said> open() {
        return all.stream().filter(Said::isOpen).limit(SHOWN).toList();
    }

    synchronized List<Said> in(String conversationId) {
        return all.stream()
                .filter(said -> said.conversationId.equals(conversationId))
                .toList();
    }
}
