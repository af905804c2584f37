package im.magpie.client.timeline;

import im.magpie.codec.protocol.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One conversation as this device has it: everything up to a position, and a bounded number of messages that came
 * early. Used by the client's loop only.
 */
final class Timeline {

    /** Takes what is complete, before the position moves over it. When it throws, nothing has moved. */
    interface Keeper {

        /**
         * @param messages in order, each given once; empty where no message has the numbers that the position moves
         *     over
         * @param position up to where the device has everything then
         */
        void keep(String conversationId, List<ChatMessage> messages, long position);
    }

    private final String conversationId;
    private final int maxEarly;
    private final Keeper keeper;
    private final TreeMap<Long, ChatMessage> early = new TreeMap<>();
    private long position;
    private long newest;
    private long noticed;

    Timeline(String conversationId, long position, int maxEarly, Keeper keeper) {
        this.conversationId = conversationId;
        this.position = position;
        this.newest = position;
        this.maxEarly = maxEarly;
        this.keeper = keeper;
    }

    String conversationId() {
        return conversationId;
    }

    /** Returns up to where the device has everything. */
    long position() {
        return position;
    }

    /** Returns the highest sequence that the device has heard of. */
    long newest() {
        return Math.max(newest, noticed);
    }

    boolean hasGap() {
        return newest() > position;
    }

    /** There are messages up to here. */
    void heardOf(long sequence) {
        newest = Math.max(newest, sequence);
    }

    /** There may be messages up to here: so says a notice, which may come to somebody who is not to read them any more. */
    void noticed(long sequence) {
        noticed = Math.max(noticed, sequence);
    }

    /** Of what was noticed up to here, there is nothing more to be had. */
    void forgetNotice(long sequence) {
        if (noticed <= sequence) {
            noticed = 0;
        }
    }

    /**
     * Takes one message in. An early one that there is no room for is dropped: it will be pulled with the rest of the
     * gap.
     */
    void take(ChatMessage message) {
        var sequence = message.getSequence();
        heardOf(sequence);
        if (sequence <= position) {
            return;
        }
        early.put(sequence, message);
        moveOn(new ArrayList<>(), position);
        if (early.size() > maxEarly) {
            early.pollLastEntry();
        }
    }

    /** Takes in a range that the server covers completely. */
    void takeRange(long after, long to, List<ChatMessage> messages) {
        if (after > position || to <= position) {
            return;
        }
        heardOf(to);
        var covered = new ArrayList<ChatMessage>();
        for (var message : messages) {
            if (message.getSequence() > position && message.getSequence() <= to) {
                covered.add(message);
            }
        }
        moveOn(covered, to);
    }

    private void moveOn(List<ChatMessage> complete, long covered) {
        var reached = covered;
        for (var next = early.get(reached + 1); next != null; next = early.get(reached + 1)) {
            complete.add(next);
            reached++;
        }
        if (reached > position) {
            keeper.keep(conversationId, complete, reached);
            position = reached;
            early.headMap(reached, true).clear();
        }
    }

    @Override
    public String toString() {
        return conversationId;
    }
}
