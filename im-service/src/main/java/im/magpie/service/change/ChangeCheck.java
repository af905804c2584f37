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
import im.magpie.service.rate.MentionRates;
import im.magpie.service.timeline.MessageReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at messages whose senders need a right for what they say, before they are accepted: changes, by the messages that they are about, and those that
 * call everybody in a group. What it allows may be outdated a moment later: of changes that cross each other, those that come first decide what the
 * others can still do.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class ChangeCheck {

    /** How many different reactions a message may have. */
    private static final int MOST_EMOJIS = 50;

    private static final String NOBODY = "";

    private final ConversationLog conversations;
    private final MessageReader messages;
    private final GroupRanks ranks;
    private final MentionRates rates;
    private final LongSupplier clock;
    private final Supplier<ChangeSettings> settings;

    /** @param clock the server's, unix milliseconds */
    public ChangeCheck(
            ConversationLog conversations,
            MessageReader messages,
            GroupRanks ranks,
            MentionRates rates,
            LongSupplier clock,
            Supplier<ChangeSettings> settings) {
        this.conversations = conversations;
        this.messages = messages;
        this.ranks = ranks;
        this.rates = rates;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Answers in the order of the offers. Who repeats what was accepted is not refused for what it has done.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis, the store or the database did not answer
     */
    public List<ChangeVerdict> check(List<Offer> offers) {
        var targets = targets(offers);
        var now = clock.getAsLong();
        var verdicts = new ArrayList<ChangeVerdict>(offers.size());
        var refused = new HashSet<MessageKey>();
        for (var offer : offers) {
            var refusal = offer.target() > 0 ? ofChange(offer, targets.get(target(offer)), now) : ofCall(offer);
            verdicts.add(refusal == null ? new Allowed(offer) : refusal);
            if (refusal != null) {
                refused.add(offer.key());
            }
        }
        var acceptedBefore = conversations.acceptedBefore(refused);
        for (var i = 0; i < offers.size(); i++) {
            if (acceptedBefore.contains(offers.get(i).key())) {
                verdicts.set(i, new Allowed(offers.get(i).with(Admission.RESEND)));
            }
        }
        return verdicts;
    }

    /** Returns what changes are about, where that is there. */
    private Map<WindowRange, ChatMessage> targets(List<Offer> offers) {
        var asked = offers.stream()
                .filter(offer -> offer.target() > 0)
                .map(ChangeCheck::target)
                .toList();
        var pages = messages.read(NOBODY, asked);
        Map<WindowRange, ChatMessage> targets = new HashMap<>();
        for (var i = 0; i < asked.size(); i++) {
            var found = pages.get(i).messages();
            if (!found.isEmpty()) {
                targets.put(asked.get(i), found.getFirst());
            }
        }
        return targets;
    }

    private static WindowRange target(Offer change) {
        return new WindowRange(change.conversation(), change.target() - 1, change.target(), 1);
    }

    private @Nullable Refused ofChange(Offer change, @Nullable ChatMessage target, long now) {
        if (target == null
                || !(target.hasContent() || target.getRecalled())
                || !Contents.isCounted(target.getContent())
                || !ranks.mayRead(change)) {
            return new Refused(ErrorCode.NOT_FOUND, "there is no message at sequence " + change.target());
        }
        if (target.getRecalled()) {
            return new Refused(ErrorCode.MESSAGE_RECALLED, "the message was recalled");
        }
        var content = content(change);
        return switch (content.getKindCase()) {
            case RECALL ->
                ranks.manages(change, target.getSenderId())
                        ? null
                        : ofSender(change, target, settings.get().recallWithin(), now);
            case EDIT -> {
                var refusal = ofSender(change, target, settings.get().editWithin(), now);
                yield refusal == null && content.getEdit().getContent().getMentionsAll() ? ofCaller(change) : refusal;
            }
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

    private @Nullable Refused ofCall(Offer message) {
        var refusal = message.mentionsAll() ? ofCaller(message) : null;
        if (refusal != null || !message.mentionsAll()) {
            return refusal;
        }
        // Not RATE_LIMITED: that is waited for, and what is said behind it would wait too.
        return rates.take(GroupRanks.sender(message), message.key().clientMessageId())
                ? null
                : new Refused(ErrorCode.FORBIDDEN, "the sender has called everybody in this group too often");
    }

    private @Nullable Refused ofCaller(Offer message) {
        return ranks.mayMentionAll(message)
                ? null
                : new Refused(ErrorCode.FORBIDDEN, "not everybody calls everybody here");
    }

    private static MessageContent content(Offer change) {
        try {
            return MessageContent.parseFrom(change.content());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("an offer that was read before can't be read", e);
        }
    }
}
