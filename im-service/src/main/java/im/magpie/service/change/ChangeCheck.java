package im.magpie.service.change;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.ReactionContent;
import im.magpie.service.change.ChangeVerdict.Allowed;
import im.magpie.service.change.ChangeVerdict.Refused;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.timeline.MessageReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the messages that changes are about, before the changes are accepted. What it allows may be outdated a moment later: of changes that cross each
 * other, those that come first decide what the others can still do.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class ChangeCheck {

    /** How many different reactions a message may have. */
    private static final int MOST_EMOJIS = 50;

    private final ConversationLog conversations;
    private final MessageReader messages;
    private final LongSupplier clock;
    private final Supplier<ChangeSettings> settings;

    /** @param clock the server's, unix milliseconds */
    public ChangeCheck(
            ConversationLog conversations,
            MessageReader messages,
            LongSupplier clock,
            Supplier<ChangeSettings> settings) {
        this.conversations = conversations;
        this.messages = messages;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Answers in the order of the changes. Who repeats a change that was accepted is not refused for what it has done.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis or the store did not answer
     */
    public List<ChangeVerdict> check(List<Offer> changes) {
        var now = clock.getAsLong();
        var pages = messages.read("", changes.stream().map(ChangeCheck::target).toList());
        var verdicts = new ArrayList<ChangeVerdict>(changes.size());
        var refused = new HashSet<MessageKey>();
        for (var i = 0; i < changes.size(); i++) {
            var found = pages.get(i).messages();
            var refusal = refusal(changes.get(i), found.isEmpty() ? null : found.getFirst(), now);
            verdicts.add(refusal == null ? new Allowed(changes.get(i)) : refusal);
            if (refusal != null) {
                refused.add(changes.get(i).key());
            }
        }
        var acceptedBefore = conversations.acceptedBefore(refused);
        for (var i = 0; i < changes.size(); i++) {
            if (acceptedBefore.contains(changes.get(i).key())) {
                verdicts.set(i, new Allowed(changes.get(i).with(Admission.RESEND)));
            }
        }
        return verdicts;
    }

    private static WindowRange target(Offer change) {
        return new WindowRange(change.conversation(), change.target() - 1, change.target(), 1);
    }

    private @Nullable Refused refusal(Offer change, @Nullable ChatMessage target, long now) {
        if (target == null
                || !(target.hasContent() || target.getRecalled())
                || Contents.isChange(target.getContent())) {
            return new Refused(ErrorCode.NOT_FOUND, "there is no message at sequence " + change.target());
        }
        if (target.getRecalled()) {
            return new Refused(ErrorCode.MESSAGE_RECALLED, "the message was recalled");
        }
        var content = content(change);
        return switch (content.getKindCase()) {
            case RECALL -> ofSender(change, target, settings.get().recallWithin(), now);
            case EDIT -> ofSender(change, target, settings.get().editWithin(), now);
            case REACTION -> reaction(content.getReaction(), target);
            default -> new Refused(ErrorCode.INVALID_CONTENT, "not a change");
        };
    }

    private static @Nullable Refused ofSender(Offer change, ChatMessage target, Duration within, long now) {
        if (!change.key().senderId().equals(target.getSenderId())) {
            return new Refused(ErrorCode.FORBIDDEN, "somebody else has sent the message");
        }
        return now - target.getServerTime() > within.toMillis()
                ? new Refused(ErrorCode.CHANGE_TOO_LATE, "the message is older than " + within)
                : null;
    }

    private static @Nullable Refused reaction(ReactionContent reaction, ChatMessage target) {
        var isNew = target.getReactionsList().stream()
                .noneMatch(there -> there.getEmoji().equals(reaction.getEmoji()));
        return !reaction.getRemoved() && isNew && target.getReactionsCount() >= MOST_EMOJIS
                ? new Refused(ErrorCode.INVALID_CONTENT, "a message has at most %d reactions".formatted(MOST_EMOJIS))
                : null;
    }

    private static MessageContent content(Offer change) {
        try {
            return MessageContent.parseFrom(change.content());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("an offer that was read before can't be read", e);
        }
    }
}
