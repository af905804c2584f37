package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.common.broker.RoomAudience;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.common.retention.RetentionSettings;
import im.magpie.service.broker.StorePublisher;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.push.ToRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The way of what is said in rooms: counted, kept where the room keeps it, and pushed to the nodes that are present. What goes wrong in one room is nobody else's.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
final class RoomSends {

    private static final Logger log = LoggerFactory.getLogger(RoomSends.class);

    /** Shorter than a gateway waits for the call. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RoomFloor floor;
    private final StorePublisher store;
    private final Partitions partitions;
    private final PushPublisher pushes;
    private final RetentionSettings retention;

    RoomSends(
            RoomFloor floor,
            StorePublisher store,
            Partitions partitions,
            PushPublisher pushes,
            RetentionSettings retention) {
        this.floor = floor;
        this.store = store;
        this.partitions = partitions;
        this.pushes = pushes;
        this.retention = retention;
    }

    /**
     * @param places of the sayings in the call
     * @param told done when it is kept, where it has to be, and on its way
     */
    private record Underway(RoomFloor.Round round, List<Integer> places, CompletableFuture<Void> told) {}

    /** Says all of it, and answers in its order. */
    List<SayOutcome> say(List<Saying> sayings) {
        Map<RoomKey, List<Integer>> byRoom = new LinkedHashMap<>();
        for (var i = 0; i < sayings.size(); i++) {
            byRoom.computeIfAbsent(sayings.get(i).room(), _ -> new ArrayList<>())
                    .add(i);
        }
        var outcomes = new SayOutcome[sayings.size()];
        List<Underway> underway = new ArrayList<>();
        byRoom.forEach((room, places) -> {
            try {
                underway.add(begin(room, places, sayings));
            } catch (RuntimeException e) {
                var refusal = refusal(e);
                places.forEach(place -> outcomes[place] = refusal);
            }
        });
        underway.forEach(one -> finish(one, outcomes));
        return List.of(outcomes);
    }

    private Underway begin(RoomKey room, List<Integer> places, List<Saying> sayings) {
        var round = floor.take(room, places.stream().map(sayings::get).toList());
        return new Underway(round, places, keep(round).thenRun(() -> push(round)));
    }

    private static void finish(Underway one, SayOutcome[] outcomes) {
        var failure = failure(one);
        for (var i = 0; i < one.places().size(); i++) {
            var place = one.places().get(i);
            if (failure != null && one.round().spoken().get(i) != null) {
                outcomes[place] = failure;
            } else {
                outcomes[place] = one.round().outcomes().get(i);
            }
        }
    }

    private static SayOutcome.@Nullable Refused failure(Underway one) {
        try {
            one.told().join();
            return null;
        } catch (CompletionException e) {
            log.warn("What was said in {} could not be kept", one.round().room().key(), e.getCause());
            return new SayOutcome.Refused(ErrorCode.UNAVAILABLE, "the broker did not confirm it", 0);
        }
    }

    /** What the app's retention does not let be kept for so long goes with it. */
    private CompletableFuture<Void> keep(RoomFloor.Round round) {
        var room = round.room();
        if (room.keepDays() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        var days = Duration.ofDays(room.keepDays());
        var longest = retention.of(room.appId()).time();
        var time = longest == null || days.compareTo(longest) < 0 ? days : longest;
        List<SaidInRoom> records = new ArrayList<>();
        for (var spoken : round.spoken()) {
            if (spoken != null) {
                var until = spoken.counted().getServerTime() + time.toMillis();
                records.add(spoken.saying().kept(spoken.counted(), spoken.priority(), until));
            }
        }
        return store.said(room.key().partition(partitions), records, PATIENCE);
    }

    private void push(RoomFloor.Round round) {
        if (round.nodes().isEmpty() || round.spoken().stream().allMatch(Objects::isNull)) {
            return;
        }
        pushes.publish(() -> packets(round));
    }

    private static List<Push> packets(RoomFloor.Round round) {
        List<Push> packets = new ArrayList<>();
        for (var spoken : round.spoken()) {
            if (spoken != null) {
                packets.add(push(spoken, round.nodes()));
            }
        }
        return packets;
    }

    private static Push push(Spoken spoken, List<String> nodes) {
        var room = spoken.saying().room();
        var body = RoomPush.newBuilder().addMessages(spoken.saying().message(spoken.counted(), spoken.priority()));
        var audience = RoomAudience.newBuilder()
                .setAppId(room.appId())
                .setRoomId(room.roomId())
                .setPriority(spoken.priority().getNumber());
        return Push.toRoom(body.build().toByteString(), new ToRoom(nodes, audience.build()));
    }

    private static SayOutcome.Refused refusal(RuntimeException e) {
        return switch (e) {
            case MagpieException ours -> SayOutcome.Refused.of(ours);
            case DataAccessException _ ->
                new SayOutcome.Refused(ErrorCode.UNAVAILABLE, "the database does not answer", 0);
            default -> {
                log.error("What is to be said in a room can't be", e);
                yield new SayOutcome.Refused(ErrorCode.INTERNAL, "this should not have happened", 0);
            }
        };
    }
}
