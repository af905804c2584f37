package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages that the device has into the state in which changes have left them. What was recalled goes at once; for all else the server
 * is asked, one PULL after the other. Used by the client's loop only.
 */
public final class Changes implements LinkUser {

    /** A message that was changed, and its last change. */
    private record Stale(String conversationId, long sequence, long change) {}

    private final ClientStore store;
    private final Consumer<ChatMessage> changed;
    private final Set<Stale> refused = new HashSet<>();
    private final PullLoop<Stale> loop;

    /** @param changed hears of each message that is in another state than before, after the store has it */
    public Changes(ClientStore store, Timings timings, Consumer<ChatMessage> changed) {
        this.store = store;
        this.changed = changed;
        this.loop = new PullLoop<>(timings, new Staleness());
    }

    @Override
    public void online(Link link) {
        loop.online(link);
    }

    @Override
    public void offline() {
        loop.offline();
        refused.clear();
    }

    /** The store has new entries of the timeline. */
    public void appended(List<ChatMessage> entries) {
        var changes = entries.stream()
                .filter(entry -> Contents.isChange(entry.getContent()))
                .toList();
        if (!changes.isEmpty()) {
            changes.stream().filter(change -> change.getContent().hasRecall()).forEach(this::recall);
            loop.pull();
        }
    }

    private void recall(ChatMessage recall) {
        var held = held(recall.getConversationId(), Contents.target(recall.getContent()));
        if (held != null && !held.getRecalled()) {
            replace(held.toBuilder()
                    .clearContent()
                    .clearReactions()
                    .setRecalled(true)
                    .setChangedSequence(recall.getSequence())
                    .build());
        }
    }

    private @Nullable ChatMessage held(String conversationId, long sequence) {
        var messages = store.messages(conversationId, sequence - 1, sequence);
        return messages.isEmpty() ? null : messages.getFirst();
    }

    private void replace(ChatMessage newer) {
        store.replace(newer);
        changed.accept(newer);
    }

    private final class Staleness implements PullLoop.Wants<Stale> {

        @Override
        public List<Stale> wanted(int most) {
            var stale = new ArrayList<Stale>();
            store.stale()
                    .forEach((conversationId, changes) -> changes.forEach(
                            (sequence, change) -> stale.add(new Stale(conversationId, sequence, change))));
            stale.removeAll(refused);
            return stale.subList(0, Math.min(most, stale.size()));
        }

        @Override
        public PullRange range(Stale one) {
            return PullRange.newBuilder()
                    .setConversationId(one.conversationId())
                    .setAfterSequence(one.sequence() - 1)
                    .setToSequence(one.sequence())
                    .build();
        }

        @Override
        public boolean take(List<Stale> asked, PullReply reply) {
            var gained = false;
            for (var i = 0; i < Math.min(asked.size(), reply.getRangesCount()); i++) {
                var one = asked.get(i);
                var range = reply.getRanges(i);
                var held = held(one.conversationId(), one.sequence());
                // Else there was no room for it in the reply.
                if (held != null && range.getToSequence() >= one.sequence()) {
                    var newer = newer(one, held, range);
                    if (newer == null) {
                        refused.add(one);
                    } else if (newer.getChangedSequence() > held.getChangedSequence()) {
                        replace(newer);
                        gained = true;
                    }
                }
            }
            return gained;
        }

        /** Returns null where the user has deleted the message on another device, as this one is about to hear. */
        private @Nullable ChatMessage newer(Stale one, ChatMessage held, PulledRange range) {
            if (range.getMessagesCount() > 0) {
                return range.getMessages(0);
            }
            return range.getOutlivedSequence() >= one.sequence() ? outlived(held, one.change()) : null;
        }

        @Override
        public void refused(Stale one) {
            refused.add(one);
        }

        @Override
        public void idle() {
            // Nobody waits for the messages that were changed.
        }
    }

    /** The server has nothing there any more: neither shall the device. */
    private static ChatMessage outlived(ChatMessage held, long change) {
        return held.toBuilder()
                .clearContent()
                .clearReactions()
                .setChangedSequence(change)
                .build();
    }
}
