package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.content.Contents;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the messages that the device has into the state in which changes have left them. What was recalled goes at once; for all else the server
 * is asked, one PULL after the other. Used by the client's loop only.
 */
public final class Changes implements LinkUser {

    /** What a server takes in one PULL. */
    private static final int RANGES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    /** A message that was changed, and its last change. */
    private record Stale(String conversationId, long sequence, long change) {}

    private final ClientStore store;
    private final Timings timings;
    private final Consumer<ChatMessage> changed;
    private final Set<Stale> refused = new HashSet<>();
    private int ranges = RANGES;
    private boolean underWay;
    private @Nullable Link link;

    /** @param changed hears of each message that is in another state than before, after the store has it */
    public Changes(ClientStore store, Timings timings, Consumer<ChatMessage> changed) {
        this.store = store;
        this.timings = timings;
        this.changed = changed;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        pull();
    }

    @Override
    public void offline() {
        link = null;
        underWay = false;
        ranges = RANGES;
        refused.clear();
    }

    /** The store has new entries of the timeline. */
    public void appended(List<ChatMessage> entries) {
        var changes = entries.stream()
                .filter(entry -> Contents.isChange(entry.getContent()))
                .toList();
        if (!changes.isEmpty()) {
            changes.stream().filter(change -> change.getContent().hasRecall()).forEach(this::recall);
            pull();
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

    private void pull() {
        var from = link;
        if (from == null || underWay) {
            return;
        }
        var asked = stale();
        if (!asked.isEmpty()) {
            underWay = true;
            from.request(id -> new Request.Pull(id, request(asked)), timings.reply(), reply -> {
                if (from == link) {
                    answered(from, asked, reply);
                }
            });
        }
    }

    private List<Stale> stale() {
        var stale = new ArrayList<Stale>();
        store.stale()
                .forEach((conversationId, changes) ->
                        changes.forEach((sequence, change) -> stale.add(new Stale(conversationId, sequence, change))));
        stale.removeAll(refused);
        return stale.subList(0, Math.min(ranges, stale.size()));
    }

    private static PullRequest request(List<Stale> asked) {
        var request = PullRequest.newBuilder();
        asked.forEach(one -> request.addRanges(PullRange.newBuilder()
                .setConversationId(one.conversationId())
                .setAfterSequence(one.sequence() - 1)
                .setToSequence(one.sequence())));
        return request.build();
    }

    private void answered(Link from, List<Stale> asked, Reply reply) {
        if (reply instanceof Reply.Failure failure && !Retry.helps(failure.code())) {
            refused(asked, failure);
        }
        if (reply instanceof Reply.PullOk ok && take(asked, ok.body())) {
            again();
        } else {
            from.later(Retry.after(reply, timings), this::again);
        }
    }

    private void again() {
        underWay = false;
        pull();
    }

    /** One message that may not be read must not keep the others from being read: they are asked for one by one. */
    private void refused(List<Stale> asked, Reply.Failure failure) {
        ranges = 1;
        if (asked.size() == 1) {
            LOG.warn("{} is not to be pulled: {}", asked.getFirst(), failure.code());
            refused.addAll(asked);
        }
    }

    /** Returns whether anything was gained: without, the same request must not follow at once. */
    private boolean take(List<Stale> asked, PullReply reply) {
        var gained = false;
        for (var i = 0; i < Math.min(asked.size(), reply.getRangesCount()); i++) {
            var one = asked.get(i);
            var range = reply.getRanges(i);
            var held = held(one.conversationId(), one.sequence());
            // Else there was no room for it in the reply.
            if (held != null && range.getToSequence() >= one.sequence()) {
                var newer = range.getMessagesCount() > 0 ? range.getMessages(0) : erased(held, one.change());
                if (newer.getChangedSequence() > held.getChangedSequence()) {
                    replace(newer);
                    gained = true;
                }
            }
        }
        return gained;
    }

    /** The server has nothing there any more: neither shall the device. */
    private static ChatMessage erased(ChatMessage held, long change) {
        return held.toBuilder()
                .clearContent()
                .clearReactions()
                .setChangedSequence(change)
                .build();
    }
}
