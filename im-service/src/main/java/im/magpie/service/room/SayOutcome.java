package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.RoomSendOutcome;
import java.time.Duration;

/** What becomes of what somebody wants to say. */
sealed interface SayOutcome {

    RoomSendOutcome toRpc();

    /** It is on its way, and durable where the room keeps it. */
    record Said(RoomSendReply reply) implements SayOutcome {
        @Override
        public RoomSendOutcome toRpc() {
            return RoomSendOutcome.newBuilder().setReply(reply).build();
        }
    }

    /** @param retryAfterMillis 0 where that makes no difference */
    record Refused(ErrorCode code, String reason, int retryAfterMillis) implements SayOutcome {

        static Refused of(MagpieException e) {
            return new Refused(
                    e.code(),
                    String.valueOf(e.getMessage()),
                    Math.toIntExact(e.retryAfter().toMillis()));
        }

        MagpieException toException() {
            return new MagpieException(code, reason, Duration.ofMillis(retryAfterMillis));
        }

        @Override
        public RoomSendOutcome toRpc() {
            return RoomSendOutcome.newBuilder()
                    .setError(code)
                    .setErrorMessage(reason)
                    .setRetryAfterMs(retryAfterMillis)
                    .build();
        }
    }
}
