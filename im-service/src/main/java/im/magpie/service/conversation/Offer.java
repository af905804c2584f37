package im.magpie.service.conversation;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import java.util.List;

/**
 * A checked message that asks for its place.
 *
 * @param content an encoded MessageContent
 * @param target the sequence of the message that it changes; 0 for what is no change
 * @param mentioned the users whom it calls by name
 * @param shapeVersion the shape it was checked against
 * @param mentionsAll whether it calls everybody in the group
 * @param trace names the span of a message that is followed; empty for all others, and never kept
 */
public record Offer(
        MessageKey key,
        ByteString content,
        long target,
        List<String> mentioned,
        boolean mentionsAll,
        long shapeVersion,
        Origin origin,
        Admission admission,
        ByteString trace) {

    /** A message that does not call everybody. */
    public Offer(
            MessageKey key,
            ByteString content,
            long target,
            List<String> mentioned,
            long shapeVersion,
            Origin origin,
            Admission admission,
            ByteString trace) {
        this(key, content, target, mentioned, false, shapeVersion, origin, admission, trace);
    }

    /** A message that changes none, mentions nobody, and that nobody follows. */
    public Offer(MessageKey key, ByteString content, long shapeVersion, Origin origin, Admission admission) {
        this(key, content, 0, List.of(), shapeVersion, origin, admission, ByteString.EMPTY);
    }

    public ConversationKey conversation() {
        return key.conversation();
    }

    /** Returns the same message on other terms. */
    public Offer with(Admission terms) {
        return new Offer(key, content, target, mentioned, mentionsAll, shapeVersion, origin, terms, trace);
    }

    /** Returns the same message, followed by another span. */
    public Offer followedBy(ByteString span) {
        return new Offer(key, content, target, mentioned, mentionsAll, shapeVersion, origin, admission, span);
    }

    /** Returns the message in the place it was given. */
    public AcceptedMessage toMessage(Acceptance.Accepted place) {
        return toMessage()
                .setSequence(place.sequence())
                .setOrdinal(place.ordinal())
                .setServerTime(place.serverTime())
                .setEpoch(place.epoch())
                .setTrace(trace)
                .build();
    }

    AcceptedMessage.Builder toMessage() {
        return AcceptedMessage.newBuilder()
                .setAppId(conversation().appId())
                .setConversationId(conversation().conversationId())
                .setSenderId(key.senderId())
                .setClientMessageId(key.clientMessageId())
                .setContent(content)
                .setTarget(target)
                .setEvent(admission == Admission.EVENT)
                .addAllMentionedUserIds(mentioned)
                .setMentionsAll(mentionsAll)
                .setShapeVersion(shapeVersion);
    }
}
