package im.magpie.bench.load;

import im.magpie.bench.client.Acknowledgement;
import im.magpie.bench.client.MessageReader;
import im.magpie.bench.client.MessageSink;
import im.magpie.bench.client.MessageView;
import im.magpie.bench.client.Peer;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullRequest;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/**
 * What one device receives of its conversation: takes what is pushed, acknowledges all of it that lies without a gap as soon as everything that has
 * come is read, and asks for what is missing. Used by its connection's event loop only.
 */
final class Inbox implements MessageSink {

    /** How long a gap may be there before what is missing is asked for. */
    private static final int PATIENCE_MILLIS = 500;

    private final String conversationId;
    private final int self;
    private final Meter meter;
    private final MessageReader reader;
    private final Acknowledgement acknowledgement;
    private final Timeline timeline;
    private long acknowledged;
    private int unacknowledged;
    private boolean told;
    private boolean looking;
    private boolean pulling;
    private boolean pullAgain;
    private long noticed;

    /** @param self the number by which the device's own messages are known */
    Inbox(String conversationId, int self, Meter meter, MessageReader reader, Timeline timeline) {
        this.conversationId = conversationId;
        this.self = self;
        this.meter = meter;
        this.reader = reader;
        this.acknowledgement = new Acknowledgement(conversationId);
        this.timeline = timeline;
    }

    /** The device has everything up to here. */
    void begin(long sequence) {
        timeline.begin(sequence);
        acknowledged = sequence;
    }

    Timeline timeline() {
        return timeline;
    }

    void pushed(ByteBuf body) {
        told = true;
        reader.push(body, this);
    }

    @Override
    public void message(MessageView message) {
        var payload = message.payload();
        var sender = message.ours() ? payload.sender() : Timeline.NO_SENDER;
        if (!timeline.take(message.sequence(), sender, payload.number())) {
            meter.repeated();
        } else if (message.ours() && sender != self) {
            unacknowledged++;
            meter.delivered(System.nanoTime() - payload.time());
        }
    }

    /** The device has written a message itself, and this is its place; a PULL may have brought it already. */
    void own(long sequence, long number) {
        timeline.take(sequence, self, number);
    }

    /** Acknowledges what has come, and sees to what has not. */
    void readAll(Peer peer) {
        if (!told) {
            return;
        }
        if (timeline.position() > acknowledged) {
            acknowledged = timeline.position();
            peer.write(acknowledgement.of(peer.context().alloc(), acknowledged));
        }
        told = timeline.gap();
        if (!told) {
            meter.acknowledged(unacknowledged);
            unacknowledged = 0;
        } else if (!looking) {
            looking = true;
            look(peer, timeline.position());
        }
    }

    private void look(Peer peer, long before) {
        peer.context()
                .executor()
                .schedule(
                        () -> {
                            looking = false;
                            if (timeline.gap() && timeline.position() == before && !pulling) {
                                pull(peer);
                            } else if (timeline.gap()) {
                                looking = true;
                                look(peer, timeline.position());
                            }
                        },
                        PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** Asks for everything above the position; once more where that is being asked, for what is being answered may be older. */
    void pull(Peer peer) {
        if (pulling) {
            pullAgain = true;
            return;
        }
        pulling = true;
        pullAgain = false;
        meter.pulled();
        var range = PullRange.newBuilder()
                .setConversationId(conversationId)
                .setAfterSequence(timeline.position())
                .build();
        peer.request(id ->
                new Request.Pull(id, PullRequest.newBuilder().addRanges(range).build()));
    }

    /** A PULL has not been answered for now: asks again after a while. */
    void refused(Peer peer, long retryAfterMillis) {
        peer.context()
                .executor()
                .schedule(
                        () -> {
                            pulling = false;
                            pull(peer);
                        },
                        Math.max(PATIENCE_MILLIS, retryAfterMillis),
                        TimeUnit.MILLISECONDS);
    }

    void pulled(Peer peer, ByteBuf body) {
        pulling = false;
        told = true;
        var before = timeline.position();
        var more = reader.pulled(body, this);
        // Where a PULL brings nothing there is nothing that this device may read.
        if (more || pullAgain || (timeline.position() > before && timeline.position() < noticed)) {
            pull(peer);
        }
    }

    /** There is something up to here. */
    void noticed(Peer peer, long sequence) {
        noticed = Math.max(noticed, sequence);
        if (noticed > timeline.position()) {
            pull(peer);
        }
    }

    @Override
    public void covered(long sequence) {
        timeline.cover(sequence);
    }
}
