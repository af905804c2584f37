package im.magpie.e2e.check;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a conversation: history has every acknowledged message once, in its place, in dense sequences and in the order of each sending device;
 * it has nothing that was not said; and every device has shown just that.
 */
public final class Audit {

    private static final int SHOWN = 25;

    private final List<Said> said;
    private final List<ChatMessage> history;
    private final List<String> faults = new ArrayList<>();

    Audit(List<Said> said, List<ChatMessage> history) {
        this.said = said;
        this.history = history;
        checkHistory();
        checkSenders();
    }

    /** Waits until everything is acknowledged and shown by these devices of two people, and fails if anything is not as it ought to be. */
    public static void of(Ledger ledger, Person one, Person other, Collection<Device> devices) {
        ledger.awaitAll();
        var conversation = one.conversationWith(other);
        var witness = devices.iterator().next();
        var audit = new Audit(ledger.in(conversation), witness.history(peer(witness, one, other)));
        for (var device : devices) {
            var peer = peer(device, one, other);
            device.awaitMessages(peer, audit.history.size());
            audit.checkTimeline(device.toString(), device.timeline(peer));
        }
        audit.report(conversation);
    }

    private static Person peer(Device device, Person one, Person other) {
        return device.owner().equals(one) ? other : one;
    }

    private void checkHistory() {
        var names = new HashSet<String>();
        for (var i = 0; i < history.size(); i++) {
            var message = history.get(i);
            if (message.getSequence() != i + 1) {
                faults.add("not dense: entry %d is %s".formatted(i + 1, show(message)));
            }
            if (message.getOrdinal() != i + 1) {
                faults.add("counted wrongly: entry %d is %s".formatted(i + 1, show(message)));
            }
            if (!names.add(message.getSenderId() + "/" + message.getClientMessageId())) {
                faults.add("stored twice: " + show(message));
            }
        }
    }

    private void checkSenders() {
        var stored = new HashMap<String, ChatMessage>();
        for (var message : history) {
            var before = stored.put(Texts.of(message), message);
            if (before != null) {
                faults.add("said once, stored twice: %s and %s".formatted(show(before), show(message)));
            }
        }
        Map<String, Said> last = new HashMap<>();
        for (var one : said) {
            checkOutcome(one, stored.remove(one.text));
            var before = last.put(one.device, one);
            if (before != null && sequence(before) >= sequence(one)) {
                faults.add("overtaken: %s by %s".formatted(before, one));
            }
        }
        stored.values().forEach(message -> faults.add("nobody said: " + show(message)));
    }

    private void checkOutcome(Said one, @Nullable ChatMessage stored) {
        var sent = one.acknowledged();
        if (sent == null) {
            faults.add("not acknowledged: " + one);
        } else if (stored == null) {
            faults.add("lost: " + one);
        } else if (stored.getSequence() != sent.sequence()
                || stored.getServerTime() != sent.serverTime()
                || !stored.getClientMessageId().equals(sent.clientMessageId())
                || !stored.getSenderId().equals(one.senderId)) {
            faults.add("stored differently: %s as %s".formatted(one, show(stored)));
        }
    }

    private static long sequence(Said one) {
        var sent = one.acknowledged();
        return sent == null ? 0 : sent.sequence();
    }

    /** What a device has sent itself it knows from the reply; all fields have to be equal all the same. */
    void checkTimeline(String device, List<ChatMessage> timeline) {
        for (var i = 0; i < Math.max(timeline.size(), history.size()); i++) {
            var shown = i < timeline.size() ? timeline.get(i) : null;
            var stored = i < history.size() ? history.get(i) : null;
            if (shown == null || !shown.equals(stored)) {
                faults.add("diverged: %s has shown %s as entry %d, and stored is %s"
                        .formatted(device, show(shown), i + 1, show(stored)));
                return;
            }
        }
    }

    private static String show(@Nullable ChatMessage message) {
        return message == null
                ? "nothing"
                : "%d (ordinal %d, time %d) \"%s\" by %s, id %s"
                        .formatted(
                                message.getSequence(),
                                message.getOrdinal(),
                                message.getServerTime(),
                                Texts.of(message),
                                message.getSenderId(),
                                message.getClientMessageId());
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    private void report(String conversation) {
        if (!faults.isEmpty()) {
            throw new AssertionError("%s, of %d messages said and %d in its history, has %d faults:\n%s"
                    .formatted(
                            conversation,
                            said.size(),
                            history.size(),
                            faults.size(),
                            String.join("\n", faults.subList(0, Math.min(SHOWN, faults.size())))));
        }
    }
}
