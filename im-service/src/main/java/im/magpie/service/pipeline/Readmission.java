package im.magpie.service.pipeline;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.service.check.SendCheck;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in messages that an epoch gone by had numbered and whose rows came behind the next epoch's barrier. Nobody was ever told of them, but
 * their senders may be gone, so they go their way again, under new numbers; a message whose name is marked or stored meanwhile is a duplicate and
 * stays what it is.
 */
final class Readmission {

    private static final Logger log = LoggerFactory.getLogger(Readmission.class);

    private final SendCheck check;
    private final Submission submission;

    Readmission(SendCheck check, Submission submission) {
        this.check = check;
        this.submission = submission;
    }

    /**
     * Returns when each message is settled, or dropped because it may not be sent any more. May be repeated.
     *
     * @throws MagpieException UNAVAILABLE when that took too long, or nobody could tell: the same messages have to come again
     */
    void readmit(List<AcceptedMessage> messages) {
        // Events are committed: they need nobody's leave, and come again by themselves.
        var said = messages.stream().filter(message -> !message.getEvent()).toList();
        var verdicts = check.check(said.stream().map(Readmission::checkItem).toList());
        List<AcceptedMessage> allowed = new ArrayList<>();
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            var message = said.get(i);
            var verdict = verdicts.get(i);
            if (verdict.getError() == ErrorCode.OK) {
                allowed.add(message);
                offers.add(offer(message, verdict));
            } else {
                drop(message, verdict.getError());
            }
        }
        var outcomes = submission.submit(offers);
        for (int i = 0; i < allowed.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Settled _ -> {}
                case Outcome.Refused refused -> drop(allowed.get(i), refused.code());
                case Outcome.Pending _, Outcome.CheckAgain _, Outcome.Unknown _ ->
                    throw new MagpieException(ErrorCode.UNAVAILABLE, "not every message is settled yet");
            }
        }
    }

    private static void drop(AcceptedMessage message, ErrorCode reason) {
        switch (reason) {
            case BUSY, UNAVAILABLE, INTERNAL ->
                throw new MagpieException(ErrorCode.UNAVAILABLE, "a message can't be readmitted now: " + reason);
            default ->
                log.warn(
                        "Dropped the unacknowledged message {}:{} of epoch {} in app {}: {}",
                        message.getConversationId(),
                        message.getSequence(),
                        message.getEpoch(),
                        message.getAppId(),
                        reason);
        }
    }

    private static CheckItem checkItem(AcceptedMessage message) {
        return CheckItem.newBuilder()
                .setAppId(message.getAppId())
                .setSenderId(message.getSenderId())
                .setConversationId(message.getConversationId())
                .build();
    }

    private static Offer offer(AcceptedMessage message, CheckOutcome verdict) {
        return new Offer(
                new MessageKey(
                        new ConversationKey(message.getAppId(), message.getConversationId()),
                        message.getSenderId(),
                        message.getClientMessageId()),
                message.getContent(),
                message.getTarget(),
                message.getMentionedUserIdsList(),
                message.getMentionsAll(),
                verdict.getShape().getVersion(),
                Origin.NONE,
                Admission.EXEMPT,
                ByteString.EMPTY);
    }
}
