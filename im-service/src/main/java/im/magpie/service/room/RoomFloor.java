package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.common.rate.TokenBucket;
import im.magpie.service.request.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says who may speak in a room, and counts it, in one script.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws what {@link RoomViews#current} does, and UNAVAILABLE when Redis did not answer.
 */
final class RoomFloor {

    private static final long SECOND = TimeUnit.SECONDS.toMillis(1);

    private final RoomViews views;
    private final RoomNodes nodes;
    private final Supplier<RoomSettings> settings;
    private final LongSupplier clock;
    private final RoomMeters meters;

    /** @param clock the server's, unix milliseconds; asked only where it matters */
    RoomFloor(
            RoomViews views, RoomNodes nodes, Supplier<RoomSettings> settings, LongSupplier clock, RoomMeters meters) {
        this.views = views;
        this.nodes = nodes;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * What was said in a room.
     *
     * @param outcomes in the order of what was to be said; null for what was said
     * @param nodes the incarnations of those that are present
     */
    record Round(RoomRow room, List<@Nullable Spoken> spoken, List<SayOutcome> outcomes, List<String> nodes) {}

    /** Lets those speak who may. All is to be said in the one room. */
    Round take(RoomKey room, List<Saying> sayings) {
        return views.current(room, view -> take(view, sayings));
    }

    private Attempt<Round> take(RoomView view, List<Saying> sayings) {
        var verdicts = judge(view, sayings);
        var priorities = verdicts.stream()
                .map(Verdict::priority)
                .filter(priority -> priority != RoomPriority.ROOM_PRIORITY_UNSPECIFIED)
                .map(RoomPriority::getNumber)
                .toList();
        return switch (nodes.count(view, priorities, settings.get().messagesPerSecond())) {
            case Attempt.Outdated<RoomNodes.Counted>(var version) -> new Attempt.Outdated<>(version);
            case Attempt.Done<RoomNodes.Counted>(var counted) ->
                new Attempt.Done<>(round(view.row(), sayings, verdicts, counted));
        };
    }

    /** @param priority unspecified for what is refused */
    private record Verdict(RoomPriority priority, SayOutcome.@Nullable Refused refusal) {

        static Verdict refused(ErrorCode code, String reason) {
            return new Verdict(RoomPriority.ROOM_PRIORITY_UNSPECIFIED, new SayOutcome.Refused(code, reason, 0));
        }
    }

    private List<Verdict> judge(RoomView view, List<Saying> sayings) {
        var senders = sayings.stream()
                .filter(saying -> !saying.isBusinessSystems())
                .map(Saying::senderId)
                .collect(Collectors.toSet());
        var known = views.users(view, senders);
        return sayings.stream().map(saying -> judge(view.row(), saying, known)).toList();
    }

    private Verdict judge(RoomRow room, Saying saying, Map<String, RoomUserRow> known) {
        if (room.closed()) {
            return Verdict.refused(ErrorCode.ROOM_CLOSED, "the room is closed");
        }
        var user = now(known.getOrDefault(saying.senderId(), RoomUserRow.nothing(saying.senderId())));
        var actor = new Actor(room.appId(), saying.senderId());
        var moderates = new RoomRights(actor, room.ownerId(), user).moderates();
        if (user.bannedUntil() > 0) {
            return Verdict.refused(ErrorCode.BANNED, "the sender is banned from this room");
        }
        if (user.mutedUntil() > 0) {
            return Verdict.refused(ErrorCode.MUTED, "the sender is muted in this room");
        }
        if (room.muted() && !moderates) {
            return Verdict.refused(ErrorCode.MUTED, "only moderators speak in this room now");
        }
        var tooHigh = saying.wanted() == RoomPriority.HIGH && !moderates;
        return new Verdict(tooHigh ? RoomPriority.NORMAL : saying.wanted(), null);
    }

    private RoomUserRow now(RoomUserRow user) {
        return user.mutedUntil() > 0 || user.bannedUntil() > 0 ? user.at(clock.getAsLong()) : user;
    }

    private Round round(RoomRow room, List<Saying> sayings, List<Verdict> verdicts, RoomNodes.Counted counted) {
        var numbers = counted.numbers().iterator();
        List<@Nullable Spoken> spoken = new ArrayList<>();
        List<SayOutcome> outcomes = new ArrayList<>();
        for (var i = 0; i < sayings.size(); i++) {
            var verdict = verdicts.get(i);
            var number = verdict.refusal() == null ? numbers.next() : 0L;
            var reply = RoomSendReply.newBuilder()
                    .setRun(counted.run())
                    .setNumber(number)
                    .setServerTime(counted.time())
                    .build();
            spoken.add(number == 0 ? null : new Spoken(sayings.get(i), verdict.priority(), reply));
            outcomes.add(number == 0 ? refusal(verdict, counted.time()) : new SayOutcome.Said(reply));
        }
        return new Round(room, spoken, outcomes, counted.nodes());
    }

    private SayOutcome refusal(Verdict verdict, long time) {
        if (verdict.refusal() != null) {
            return verdict.refusal();
        }
        meters.leftOut(verdict.priority());
        var restOfSecond = TimeUnit.MILLISECONDS.toNanos(SECOND - time % SECOND);
        return new SayOutcome.Refused(
                ErrorCode.RATE_LIMITED, "too much is said in this room", TokenBucket.pauseMillis(restOfSecond));
    }
}
