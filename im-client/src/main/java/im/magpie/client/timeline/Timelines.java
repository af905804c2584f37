package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.content.Contents;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All conversations of the device. Messages come from pushes, from pulls and from the device's own sending; out go each
 * one once, in order, after the store has it. Only then is it acknowledged.
 *
 * <p>Used by the client's loop only.
 */
public final class Timelines implements LinkUser {

    private static final int MAX_EARLY = 1_000;

    private final EventLoop loop;
    private final ClientStore store;
    private final Timings timings;
    private final int initialHistory;
    private final Consumer<List<ChatMessage>> complete;
    private final Puller puller;
    private final Acknowledgements acknowledgements;
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Set<Timeline> watched = new HashSet<>();
    /** Of these is something to be pulled soon. */
    private final Set<Timeline> noticed = new LinkedHashSet<>();

    /**
     * @param initialHistory how many messages of a conversation that is new to the device are pulled when it is first
     *     heard of
     * @param complete takes messages of one conversation, in order, each once, but those that the user has deleted
     */
    public Timelines(
            EventLoop loop,
            ClientStore store,
            Timings timings,
            int initialHistory,
            Consumer<List<ChatMessage>> complete) {
        this.loop = loop;
        this.store = store;
        this.timings = timings;
        this.initialHistory = initialHistory;
        this.complete = complete;
        this.puller = new Puller(timings, this::covered);
        this.acknowledgements = new Acknowledgements(loop, timings);
        store.positions().forEach((id, position) -> timelines.put(id, newTimeline(id, position)));
    }

    @Override
    public void online(Link link) {
        puller.online(link);
        acknowledgements.online(link);
    }

    @Override
    public void offline() {
        puller.offline();
        acknowledgements.offline();
    }

    /** Returns up to where the device has everything of a conversation. */
    public long position(String conversationId) {
        var timeline = timelines.get(conversationId);
        return timeline == null ? 0 : timeline.position();
    }

    /**
     * Takes a message in that was pushed. A duplicate is acknowledged again: the first acknowledgement may have been
     * lost.
     */
    public void pushed(ChatMessage message) {
        var timeline = take(message);
        if (timeline.position() >= message.getSequence()) {
            acknowledgements.soon(timeline);
        }
    }

    /**
     * Takes a message in that this device has sent itself. It needs no acknowledgement, but others may have waited for
     * it.
     */
    public void sent(ChatMessage message) {
        var timeline = take(message);
        if (timeline.position() > message.getSequence()) {
            acknowledgements.soon(timeline);
        }
    }

    /**
     * The server has messages up to here.
     *
     * @param done runs when the device has them too; never, if the connection is lost before
     */
    public void catchUp(Map<String, Long> newest, Runnable done) {
        var behind = new ArrayList<Timeline>();
        newest.forEach((conversationId, sequence) -> {
            var timeline = timeline(conversationId, sequence);
            timeline.heardOf(sequence);
            if (timeline.hasGap()) {
                behind.add(timeline);
            }
        });
        puller.want(behind);
        puller.whenIdle(done);
    }

    /**
     * There are messages up to here, which nobody pushes. Many devices are told so at once: each pulls a little later, by chance, and then whatever else it was told
     * of meanwhile.
     */
    public void noticed(String conversationId, long sequence) {
        var timeline = timeline(conversationId, sequence - 1);
        timeline.noticed(sequence);
        if (!timeline.hasGap()) {
            return;
        }
        if (noticed.isEmpty()) {
            loop.schedule(this::pullNoticed, upTo(timings.gap().toNanos() / 2), TimeUnit.NANOSECONDS);
        }
        noticed.add(timeline);
    }

    private void pullNoticed() {
        var behind = List.copyOf(noticed);
        noticed.clear();
        puller.want(behind);
    }

    /** Tells the server again how far this device is, which it may have forgotten. */
    public void acknowledgeAgain(String conversationId) {
        var timeline = timelines.get(conversationId);
        if (timeline != null && timeline.position() > 0) {
            acknowledgements.soon(timeline);
        }
    }

    private Timeline take(ChatMessage message) {
        var timeline = timeline(message.getConversationId(), message.getSequence() - 1);
        timeline.take(message);
        if (timeline.hasGap() && watched.add(timeline)) {
            watchGap(timeline);
        }
        return timeline;
    }

    private void covered(Timeline timeline, long after, long to, List<ChatMessage> messages) {
        var before = timeline.position();
        timeline.takeRange(after, to, messages);
        if (timeline.position() > before) {
            acknowledgements.soon(timeline);
        }
    }

    private Timeline timeline(String conversationId, long heardOf) {
        return timelines.computeIfAbsent(conversationId, id -> {
            var position = Math.max(0, heardOf - initialHistory);
            if (position > 0) {
                store.append(id, List.of(), position);
            }
            return newTimeline(id, position);
        });
    }

    private Timeline newTimeline(String conversationId, long position) {
        return new Timeline(conversationId, position, MAX_EARLY, this::keep);
    }

    private void keep(String conversationId, List<ChatMessage> messages, long position) {
        var kept = messages.stream().map(Timelines::asKept).toList();
        store.append(conversationId, kept, position);
        // The user may have deleted on another device what comes to this one only now.
        var there = Deletions.without(store.settings(conversationId), kept);
        if (!there.isEmpty()) {
            complete.accept(there);
        }
    }

    /** What an edit says is kept with the message that it changes, and nowhere else: it has to go when that is recalled. */
    private static ChatMessage asKept(ChatMessage message) {
        return message.getContent().hasEdit()
                ? message.toBuilder()
                        .setContent(Contents.asRead(message.getContent()))
                        .build()
                : message;
    }

    private static long upTo(long most) {
        return ThreadLocalRandom.current().nextLong(most + 1);
    }

    /** What came early may only have overtaken: the gap is given time to close by itself. */
    private void watchGap(Timeline timeline) {
        var position = timeline.position();
        var gap = timings.gap().toNanos();
        var wait = gap / 2 + upTo(gap);
        loop.schedule(
                () -> {
                    if (timeline.hasGap() && timeline.position() > position) {
                        watchGap(timeline);
                        return;
                    }
                    watched.remove(timeline);
                    if (timeline.hasGap()) {
                        puller.want(List.of(timeline));
                    }
                },
                wait,
                TimeUnit.NANOSECONDS);
    }
}
