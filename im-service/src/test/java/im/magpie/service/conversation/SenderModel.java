package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.testing.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What everybody may rely on, kept the simple way: numbers are dense, answers last, what was read stays. */
final class SenderModel {

    private record Name(ConversationKey conversation, String sender, ByteString id) {}

    private final MemoryStore store;
    private final Map<Name, Sent> sent = new LinkedHashMap<>();
    private final Map<ConversationKey, Long> lastGiven = new HashMap<>();
    private final Map<ConversationKey, Map<Long, ByteString>> seen = new HashMap<>();
    private final Map<ConversationKey, Set<Long>> holes = new HashMap<>();
    private long epoch;

    SenderModel(MemoryStore store) {
        this.store = store;
    }

    private static Name nameOf(Offer offer) {
        return new Name(
                offer.conversation(), offer.key().senderId(), offer.key().clientMessageId());
    }

    private Sent known(Name name) {
        return Objects.requireNonNull(sent.get(name));
    }

    void sending(Offer offer) {
        sent.computeIfAbsent(nameOf(offer), _ -> new Sent(offer));
    }

    List<Sent> all() {
        return List.copyOf(sent.values());
    }

    List<Sent> unacknowledged() {
        return sent.values().stream()
                .filter(message -> message.acknowledged == 0)
                .toList();
    }

    /** Returns what is on its way in the current epoch. */
    List<AcceptedMessage> underWay() {
        var messages = new ArrayList<AcceptedMessage>();
        for (var message : sent.values()) {
            if (message.accepted != null) {
                messages.add(message.accepted);
            }
        }
        return messages;
    }

    void answered(Offer offer, Acceptance acceptance) {
        var message = known(nameOf(offer));
        switch (acceptance) {
            case Accepted accepted -> accepted(message, offer, accepted);
            case Duplicate duplicate -> duplicate(message, duplicate);
            default -> throw new AssertionError(acceptance);
        }
    }

    private void accepted(Sent message, Offer offer, Accepted accepted) {
        enter(accepted.epoch());
        assertThat(message.acknowledged).as("%s is not accepted again", message).isZero();
        assertThat(message.accepted)
                .as("%s is accepted once in an epoch", message)
                .isNull();
        var before = lastGiven.computeIfAbsent(offer.conversation(), this::lastStored);
        assertThat(accepted.sequence()).as("dense").isEqualTo(before + 1);
        lastGiven.put(offer.conversation(), accepted.sequence());
        message.accepted = message.offer.toMessage(accepted);
    }

    private void duplicate(Sent message, Duplicate duplicate) {
        enter(duplicate.epoch());
        if (message.accepted != null) {
            assertThat(duplicate.sequence())
                    .as("first answer of %s", message)
                    .isEqualTo(message.accepted.getSequence());
            assertThat(duplicate.serverTime()).isEqualTo(message.accepted.getServerTime());
        }
        if (message.acknowledged > 0) {
            assertThat(duplicate.settled()).as("%s stays settled", message).isTrue();
        }
        if (duplicate.settled()) {
            acknowledge(message, duplicate.sequence());
        }
    }

    private void acknowledge(Sent message, long sequence) {
        assertThat(message.acknowledged).as("the answer of %s lasts", message).isIn(0L, sequence);
        message.acknowledged = sequence;
    }

    void acknowledged(AcceptedMessage message) {
        var known = known(new Name(
                new ConversationKey(message.getAppId(), message.getConversationId()),
                message.getSenderId(),
                message.getClientMessageId()));
        acknowledge(known, message.getSequence());
    }

    private void enter(long current) {
        assertThat(current).as("epochs only grow").isGreaterThanOrEqualTo(epoch);
        if (current > epoch) {
            epoch = current;
            lastGiven.clear();
            sent.values().forEach(message -> message.accepted = null);
        }
    }

    /** What Redis knew is gone. */
    void emptied() {
        sent.values().forEach(message -> message.accepted = null);
        lastGiven.clear();
    }

    private long lastStored(ConversationKey conversation) {
        var rows = store.rows(conversation.appId(), conversation.conversationId());
        return rows.isEmpty() ? 0 : rows.lastKey();
    }

    /** Somebody has read everything up to the head. */
    void read(ConversationKey conversation, long head, List<AcceptedMessage> messages) {
        var known = seen.computeIfAbsent(conversation, _ -> new HashMap<>());
        var missing = holes.computeIfAbsent(conversation, _ -> new HashSet<>());
        var found = new HashMap<Long, ByteString>();
        messages.forEach(message -> found.put(message.getSequence(), message.getClientMessageId()));
        assertThat(found).as("what was read stays").containsAllEntriesOf(known);
        assertThat(found).as("no hole fills in later").doesNotContainKeys(missing.toArray(Long[]::new));
        known.putAll(found);
        for (var sequence = 1L; sequence <= head; sequence++) {
            if (!found.containsKey(sequence)) {
                missing.add(sequence);
            }
        }
        for (var message : sent.values()) {
            if (message.offer.conversation().equals(conversation) && message.acknowledged > 0) {
                assertThat(found)
                        .containsEntry(message.acknowledged, message.offer.key().clientMessageId());
            }
        }
    }
}
