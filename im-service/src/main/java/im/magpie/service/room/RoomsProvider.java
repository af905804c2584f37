package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.BannedCall;
import im.magpie.common.rpc.BannedOutcome;
import im.magpie.common.rpc.DubboRoomsTriple;
import im.magpie.common.rpc.RoomCall;
import im.magpie.common.rpc.RoomOutcome;
import im.magpie.common.rpc.RoomRenewal;
import im.magpie.common.rpc.RoomRenewalOutcome;
import im.magpie.common.rpc.RoomSendBatch;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.common.rpc.RoomSendOutcomes;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.dubbo.config.annotation.DubboService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Rooms, for gateways, on Dubbo's threads. */
@DubboService
public class RoomsProvider extends DubboRoomsTriple.RoomsImplBase {

    private static final Logger log = LoggerFactory.getLogger(RoomsProvider.class);

    private final RoomCommands commands;
    private final RoomDoor door;
    private final RoomSpeech speech;

    RoomsProvider(RoomCommands commands, RoomDoor door, RoomSpeech speech) {
        this.commands = commands;
        this.door = door;
        this.speech = speech;
    }

    @Override
    public RoomOutcome call(RoomCall call) {
        try {
            return RoomOutcome.newBuilder()
                    .setReply(answered(() -> reply(call)))
                    .build();
        } catch (MagpieException e) {
            return RoomOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(String.valueOf(e.getMessage()))
                    .build();
        }
    }

    private RoomReply reply(RoomCall call) {
        var session = call.getSession();
        var actor = new Actor(session.getAppId(), session.getUserId());
        Rules.requireUserId(actor.userId());
        var request = call.getRequest();
        if (request.getOperationCase() != RoomRequest.OperationCase.ENTER) {
            return commands.reply(actor, request);
        }
        var room = RoomRules.key(actor, request.getRoomId());
        return RoomReply.newBuilder()
                .setRoom(door.enter(actor, room, session.getIncarnation(), call.getLeaseMs()))
                .build();
    }

    @Override
    public RoomSendOutcomes send(RoomSendBatch batch) {
        return RoomSendOutcomes.newBuilder()
                .addAllOutcomes(said(batch.getItemsList()))
                .build();
    }

    private List<RoomSendOutcome> said(List<RoomSendItem> items) {
        try {
            return answered(() -> speech.say(items));
        } catch (MagpieException e) {
            var refusal = RoomSendOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(String.valueOf(e.getMessage()))
                    .build();
            return Collections.nCopies(items.size(), refusal);
        }
    }

    @Override
    public RoomRenewalOutcome renew(RoomRenewal renewal) {
        try {
            return RoomRenewalOutcome.newBuilder()
                    .addAllStates(answered(() -> door.renew(renewal)))
                    .build();
        } catch (MagpieException e) {
            return RoomRenewalOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(String.valueOf(e.getMessage()))
                    .build();
        }
    }

    @Override
    public BannedOutcome banned(BannedCall call) {
        try {
            return BannedOutcome.newBuilder()
                    .addAllUserIds(answered(() -> door.banned(RoomKey.of(call.getRoom()), call.getUserIdsList())))
                    .build();
        } catch (MagpieException e) {
            return BannedOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(String.valueOf(e.getMessage()))
                    .build();
        }
    }

    /** @throws MagpieException as the question does, and UNAVAILABLE where the database did not answer */
    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            log.error("A call about rooms failed for the database", e);
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the database does not answer", e);
        }
    }
}
