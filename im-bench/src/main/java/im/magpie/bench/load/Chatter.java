package im.magpie.bench.load;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.MessageReader;
import im.magpie.bench.client.Peer;
import im.magpie.bench.client.Role;
import im.magpie.bench.client.SendTemplate;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A device in one conversation, which listens and may write. Used by its connection's event loop only, but for what says otherwise. */
public final class Chatter implements Role {

    private final Conversation conversation;
    private final Meter meter;
    private final MessageReader reader;
    private final Inbox inbox;
    private final @Nullable Outgoing outgoing;
    private final ArrayDeque<Long> late = new ArrayDeque<>();
    private final CompletableFuture<Void> synced = new CompletableFuture<>();
    private int keptUnderWay;
    private long last;
    private long deliveredToOthers;

    /**
     * What is talked of where.
     *
     * @param firstSender the lowest number of those who write
     * @param senders how many they are
     * @param textBytes how long a text is
     * @param most how many messages a sender has under way at most
     */
    public record Conversation(String id, int firstSender, int senders, int textBytes, int most) {

        boolean writes(int number) {
            return number >= firstSender && number < firstSender + senders;
        }
    }

    /**
     * A device that has nothing of the conversation yet.
     *
     * @param number which one it is; one of the senders' writes
     * @param reader of its event loop
     */
    public Chatter(Conversation conversation, int number, Meter meter, MessageReader reader) {
        this.conversation = conversation;
        this.meter = meter;
        this.reader = reader;
        this.inbox = new Inbox(
                conversation.id(),
                number,
                meter,
                reader,
                new Timeline(conversation.firstSender(), conversation.senders()));
        this.outgoing = conversation.writes(number)
                ? new Outgoing(
                        new SendTemplate(conversation.id(), number, conversation.textBytes()),
                        meter,
                        conversation.most())
                : null;
    }

    /** Asks what is in the conversation by now, and begins behind it. Any thread may wait for what it returns. */
    CompletableFuture<Void> sync(Peer peer) {
        peer.request(id -> new Request.Sync(id, SyncRequest.getDefaultInstance()));
        return synced;
    }

    /**
     * From now on it writes the next message as soon as fewer are under way.
     *
     * @param underWay how many; 0 for no more messages
     * @param more how many messages it writes, until it is told again
     */
    void keep(Peer peer, int underWay, long more) {
        keptUnderWay = underWay;
        last = written() + more;
        fill(peer);
        peer.flush();
    }

    private void fill(Peer peer) {
        while (outgoing != null && outgoing.written() < last && outgoing.underWay() < keptUnderWay && outgoing.open()) {
            outgoing.write(peer, System.nanoTime());
        }
    }

    /** Writes a message that was to be written at a time; later, where too many are under way. */
    void offer(Peer peer, long time) {
        late.add(time);
        writeLate(peer);
        peer.flush();
    }

    private void writeLate(Peer peer) {
        while (outgoing != null && !late.isEmpty() && outgoing.open()) {
            outgoing.write(peer, late.remove());
        }
    }

    /** Returns whether nothing is under way, or waits to be. */
    boolean quiet() {
        return late.isEmpty() && (outgoing == null || outgoing.underWay() == 0);
    }

    boolean writes() {
        return outgoing != null;
    }

    /** Returns how many messages it has ever written. */
    long written() {
        return outgoing == null ? 0 : outgoing.written();
    }

    /** Returns how many messages it has in order, its own among them. */
    long messages() {
        return inbox.timeline().messages();
    }

    /** Returns whether its peer has been told to have everything that this one has written, as far as receipts say. */
    boolean receipted() {
        return deliveredToOthers >= inbox.timeline().position();
    }

    @Override
    public void replied(Peer peer, int command, int requestId, ByteBuf body) {
        switch (command) {
            case Command.SEND_VALUE -> accepted(peer, requestId, body);
            case Command.PULL_VALUE -> inbox.pulled(peer, body);
            case Command.SYNC_VALUE -> synced(body);
            default -> meter.failed("An answer to command %d that nobody has asked for".formatted(command));
        }
    }

    private void accepted(Peer peer, int requestId, ByteBuf body) {
        if (outgoing == null) {
            throw new MeasurementException("an answer to a SEND that nobody has written");
        }
        var message = Outgoing.number(requestId);
        inbox.own(reader.number(body, SendReply.SEQUENCE_FIELD_NUMBER), message);
        outgoing.accepted(message);
        writeLate(peer);
        fill(peer);
    }

    private void synced(ByteBuf body) {
        try {
            SyncReply.parseFrom(body.nioBuffer()).getConversationsList().stream()
                    .filter(entry -> entry.getConversationId().equals(conversation.id()))
                    .findAny()
                    .ifPresent(entry -> inbox.begin(entry.getNewestSequence()));
            synced.complete(null);
        } catch (InvalidProtocolBufferException e) {
            meter.failed("SYNC can't be read: " + e);
        }
    }

    @Override
    public void refused(Peer peer, int command, int requestId, ErrorCode code, ErrorDetail detail) {
        var again = switch (code) {
            case BUSY, UNAVAILABLE, INTERNAL -> true;
            default -> false;
        };
        if (again && command == Command.SEND_VALUE && outgoing != null) {
            outgoing.refused(peer, Outgoing.number(requestId), detail.getRetryAfterMs());
        } else if (again && command == Command.PULL_VALUE) {
            inbox.refused(peer, detail.getRetryAfterMs());
        } else {
            meter.failed("%s was refused: %s %s%s".formatted(peer.userId(), code, detail.getMessage(), hint(code)));
        }
    }

    private static String hint(ErrorCode code) {
        return code == ErrorCode.RATE_LIMITED ? """
            . Limits of the system stop the load; to measure beyond them start it with
              IM_TCP_LIMITS_RATE_REQUESTS_PER_SECOND=0 IM_SERVICE_SEND_RATE_USER_PER_SECOND=0\
            """ : "";
    }

    @Override
    public void pushed(Peer peer, int command, ByteBuf body) {
        switch (command) {
            case Command.PUSH_VALUE -> inbox.pushed(body);
            case Command.NOTICE_VALUE -> inbox.noticed(peer, reader.noticed(body));
            case Command.RECEIPT_VALUE -> deliveredToOthers = Math.max(deliveredToOthers, reader.delivered(body));
            case Command.KICKED_VALUE, Command.GO_AWAY_VALUE -> meter.failed(peer.userId() + " was sent away");
            default -> {
                // Nothing of the load.
            }
        }
    }

    @Override
    public void behind(Peer peer) {
        inbox.pull(peer);
    }

    @Override
    public void readAll(Peer peer) {
        inbox.readAll(peer);
    }

    @Override
    public void lost(Peer peer, String why) {
        meter.failed(why);
    }
}
