package im.magpie.tcp.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GetRoom;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.BannedCall;
import im.magpie.common.rpc.RoomCall;
import im.magpie.common.rpc.Rooms;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the services who was banned from a room of which an event was missed, and puts them out. For one thread. */
final class MissedEvents {

    private static final Logger LOG = LoggerFactory.getLogger(MissedEvents.class);

    private static final int MOST_USERS = 500;
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final RoomIndex index;
    private final Rooms rooms;
    private final Duration patience;
    private final ServerClock clock;
    private final RoomMeters meters;
    private int failures;

    /** @param patience for what was overtaken, and comes a moment later */
    MissedEvents(RoomIndex index, Rooms rooms, Duration patience, ServerClock clock, RoomMeters meters) {
        this.index = index;
        this.rooms = rooms;
        this.patience = patience;
        this.clock = clock;
        this.meters = meters;
    }

    /** Waits for a room of which something was missed, and asks. */
    void step() throws InterruptedException {
        var doubted = new HashSet<LocalRoom>();
        doubted.add(index.doubted().take());
        Thread.sleep(patience);
        index.doubted().drainTo(doubted);
        for (var room : doubted) {
            resolve(room);
        }
    }

    private void resolve(LocalRoom room) throws InterruptedException {
        var question = index.question(room);
        if (question == null) {
            return;
        }
        try {
            for (var userId : banned(room.name(), question)) {
                putOut(room, question, userId);
            }
            index.answered(room, question);
            failures = 0;
        } catch (RuntimeException e) {
            Loop.throwIfInterrupted(e);
            LOG.warn(
                    "Who is banned from room {} could not be asked: {}",
                    room.name().roomId(),
                    e.toString());
            index.notAnswered(room);
            AFTER_FAILURE.await(failures++);
        }
    }

    private Set<String> banned(RoomName name, LocalRoom.Question question) {
        return question.visits().stream()
                .map(Visit::userId)
                .distinct()
                .gather(Gatherers.windowFixed(MOST_USERS))
                .flatMap(some -> banned(name, some).stream())
                .collect(Collectors.toSet());
    }

    private List<String> banned(RoomName name, List<String> userIds) {
        var outcome = rooms.banned(BannedCall.newBuilder()
                .setRoom(name.toRpc())
                .addAllUserIds(userIds)
                .build());
        if (outcome.getError() != ErrorCode.OK) {
            throw new MagpieException(outcome.getError(), outcome.getErrorMessage());
        }
        return outcome.getUserIdsList();
    }

    /** Whoever has come in again since, at a later version, stays. */
    private void putOut(LocalRoom room, LocalRoom.Question question, String userId) {
        var visits = question.visits().stream()
                .filter(visit -> visit.userId().equals(userId))
                .collect(Collectors.toSet());
        var now = visits.isEmpty() ? null : now(room.name(), visits.iterator().next());
        if (now != null) {
            meters.repaired();
            room.say(Said.event(
                    Events.user(room.name(), now, clock.millis()),
                    visit -> visits.contains(visit) && visit.version() <= question.version()));
        }
    }

    /** Returns until when a user is banned; null where he is not any more. */
    private @Nullable RoomUser now(RoomName name, Visit visit) {
        var outcome = rooms.call(RoomCall.newBuilder()
                .setSession(visit.connection().requireSession())
                .setRequest(RoomRequest.newBuilder().setRoomId(name.roomId()).setGet(GetRoom.getDefaultInstance()))
                .build());
        if (outcome.getError() != ErrorCode.OK) {
            throw new MagpieException(outcome.getError(), outcome.getErrorMessage());
        }
        var self = outcome.getReply().getRoom().getSelf();
        return self.getBannedUntil() == 0 ? null : self;
    }
}
