package im.magpie.bench.workload;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.Peer;
import im.magpie.bench.client.Role;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.PushAck;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A device that has nothing comes, asks what there is and for the oldest messages of each conversation, and acknowledges them. Used by its connection's
 * event loop only, but for {@link #done}.
 */
final class Visit implements Role {

    private final int wanted;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final Map<String, Progress> conversations = new LinkedHashMap<>();
    private long received;

    /** How far it is in one conversation. */
    private record Progress(long position, long end) {}

    /** @param wanted how many messages of each conversation */
    Visit(int wanted) {
        this.wanted = wanted;
    }

    /** Completes with how many messages it has received, when these are all. */
    CompletableFuture<Long> done() {
        return done;
    }

    @Override
    public void entered(Peer peer, LoginReply welcome) {
        peer.request(id -> new Request.Sync(id, SyncRequest.getDefaultInstance()));
    }

    @Override
    public void replied(Peer peer, int command, int requestId, ByteBuf body) {
        try {
            switch (command) {
                case Command.SYNC_VALUE -> synced(SyncReply.parseFrom(body.nioBuffer()));
                case Command.PULL_VALUE ->
                    PullReply.parseFrom(body.nioBuffer()).getRangesList().forEach(this::take);
                default -> throw new MeasurementException("an answer to command %d".formatted(command));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new MeasurementException("an answer that can't be read: " + e);
        }
        goOn(peer);
    }

    private void synced(SyncReply reply) {
        if (reply.getMore()) {
            throw new MeasurementException("more conversations than one SYNC tells");
        }
        reply.getConversationsList()
                .forEach(entry -> conversations.put(
                        entry.getConversationId(), new Progress(0, Math.min(entry.getNewestSequence(), wanted))));
    }

    private void take(PulledRange range) {
        var progress = conversations.get(range.getConversationId());
        if (progress == null || range.getAfterSequence() != progress.position()) {
            throw new MeasurementException("a range that nobody has asked for: " + range.getConversationId());
        }
        var position = progress.position();
        for (var message : range.getMessagesList()) {
            if (message.getSequence() != ++position) {
                throw new MeasurementException("sequence %d, and not %d".formatted(message.getSequence(), position));
            }
        }
        received += range.getMessagesCount();
        conversations.put(range.getConversationId(), new Progress(range.getToSequence(), progress.end()));
    }

    private void goOn(Peer peer) {
        var pull = PullRequest.newBuilder();
        conversations.forEach((conversation, progress) -> {
            if (progress.position() < progress.end()) {
                pull.addRanges(PullRange.newBuilder()
                        .setConversationId(conversation)
                        .setAfterSequence(progress.position())
                        .setToSequence(progress.end()));
            }
        });
        if (pull.getRangesCount() > 0) {
            peer.request(id -> new Request.Pull(id, pull.build()));
        } else {
            acknowledge(peer);
            done.complete(received);
        }
    }

    private void acknowledge(Peer peer) {
        var ack = PushAck.newBuilder();
        conversations.forEach((conversation, progress) -> ack.addPositions(ConversationPosition.newBuilder()
                .setConversationId(conversation)
                .setSequence(progress.position())));
        if (ack.getPositionsCount() > 0) {
            peer.context().writeAndFlush(new Request.PushAcknowledgement(0, ack.build()));
        }
    }

    @Override
    public void refused(Peer peer, int command, int requestId, ErrorCode code, ErrorDetail detail) {
        lost(peer, "%s was refused: %s %s".formatted(peer.userId(), code, detail.getMessage()));
    }

    @Override
    public void lost(Peer peer, String why) {
        done.completeExceptionally(new MeasurementException(why));
    }
}
