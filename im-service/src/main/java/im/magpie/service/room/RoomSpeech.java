package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.rate.SendRates;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is to be said in rooms: what breaks a rule, comes too fast or is of somebody who may do nothing goes no further, and costs no room anything.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
final class RoomSpeech {

    private final RoomSends sends;
    private final UserStates users;
    private final SendRates rates;
    private final int maxContentBytes;
    private final RoomMeters meters;

    RoomSpeech(RoomSends sends, UserStates users, SendRates rates, int maxContentBytes, RoomMeters meters) {
        this.sends = sends;
        this.users = users;
        this.rates = rates;
        this.maxContentBytes = maxContentBytes;
        this.meters = meters;
    }

    /** Either something that may be said, or why it may not. */
    private record Entry(@Nullable Saying saying, SayOutcome.@Nullable Refused refusal) {

        static Entry refused(ErrorCode code, String reason, int retryAfterMillis) {
            return new Entry(null, new SayOutcome.Refused(code, reason, retryAfterMillis));
        }
    }

    /**
     * Says what gateways bring, and answers in its order.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not answer, and it is not known who may do anything
     */
    List<RoomSendOutcome> say(List<RoomSendItem> items) {
        var states = states(items);
        var entries = items.stream().map(item -> entry(item, states)).toList();
        var said = sends.say(entries.stream()
                        .map(Entry::saying)
                        .filter(Objects::nonNull)
                        .toList())
                .iterator();
        return entries.stream()
                .map(entry -> entry.refusal() == null ? said.next() : entry.refusal())
                .map(this::answer)
                .toList();
    }

    private Entry entry(RoomSendItem item, Map<UserKey, UserState> states) {
        try {
            var saying = Saying.of(RoomKey.of(item.getRoom()), item.getSenderId(), item.getRequest(), maxContentBytes);
            UserStates.requireEnabled(states.getOrDefault(sender(item), UserState.UNKNOWN));
            var allowance = rates.take(sender(item), 1);
            return allowance.messages() > 0
                    ? new Entry(saying, null)
                    : Entry.refused(ErrorCode.RATE_LIMITED, "too many messages a second", allowance.retryAfterMillis());
        } catch (MagpieException e) {
            return new Entry(null, SayOutcome.Refused.of(e));
        }
    }

    private Map<UserKey, UserState> states(List<RoomSendItem> items) {
        return users.of(items.stream().map(RoomSpeech::sender).toList());
    }

    private static UserKey sender(RoomSendItem item) {
        return new UserKey(item.getRoom().getAppId(), item.getSenderId());
    }

    private RoomSendOutcome answer(SayOutcome outcome) {
        meters.answered(outcome);
        return outcome.toRpc();
    }

    /**
     * Says something for the business system.
     *
     * @throws MagpieException with why it was not said
     */
    RoomSendReply say(RoomKey room, RoomSendRequest request) {
        var outcome = sends.say(List.of(Saying.of(room, "", request, maxContentBytes)))
                .getFirst();
        meters.answered(outcome);
        return switch (outcome) {
            case SayOutcome.Said(var reply) -> reply;
            case SayOutcome.Refused refused -> throw refused.toException();
        };
    }
}
