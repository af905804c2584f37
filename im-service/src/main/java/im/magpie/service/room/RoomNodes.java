package im.magpie.service.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import im.magpie.common.partition.Partitions;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import im.magpie.service.redis.ScriptReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/**
 * What Redis knows of rooms, in the partitions that they live in: the nodes that are present, the versions, and the count of what is said. Soft: a node says again
 * that it is present before its lease ends, and a count that was lost begins anew.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis did not answer.
 */
final class RoomNodes {

    private static final Script ENTER = Script.ofPartition("room", "room_enter");
    private static final Script RENEW = Script.ofPartition("room", "room_renew");
    private static final Script CHANGED = Script.ofPartition("room", "room_changed");
    private static final Script PRESENT = Script.ofPartition("room", "room_present");
    private static final Script KEPT = Script.ofPartition("room", "room_kept");
    private static final Script SAY = Script.ofPartition("room", "room_say");
    private static final int ROOMS_PER_SCRIPT = 500;
    private static final Duration SILENCE = Duration.ofHours(1);

    private final PartitionScripts scripts;
    private final Partitions partitions;

    RoomNodes(PartitionScripts scripts, Partitions partitions) {
        this.scripts = scripts;
        this.partitions = partitions;
    }

    /**
     * How many connections a node has in a room.
     *
     * @param version of the room, as it was just read; 0 where it could not be
     */
    record Presence(RoomKey room, int connections, long version) {}

    /**
     * What was counted.
     *
     * @param time unix milliseconds
     * @param numbers in the order of what was to be counted; 0 where it was one too many
     * @param nodes the incarnations of those that are present
     */
    record Counted(long time, long run, List<Long> numbers, List<String> nodes) {}

    /** One more connection of a node is in a room. What is said after this finds the node. Answers how many there are from all nodes. */
    Attempt<Integer> enter(RoomView view, String incarnation, Duration lease) {
        var arguments = arguments(view);
        arguments.add(bytes(incarnation));
        arguments.add(number(lease.toMillis()));
        var reply = run(view.key(), ENTER, List.of(nodesOf(view.key())), arguments);
        return reply.number(0) == 0
                ? new Attempt.Outdated<>(reply.number(1))
                : new Attempt.Done<>(Math.toIntExact(reply.number(1)));
    }

    /**
     * The last message that a room is to keep.
     *
     * @param number 0 where none is known
     * @param time when it was said, unix milliseconds
     */
    record Kept(long run, long number, long time) {}

    /** Returns what a room is to have kept by now. */
    Kept kept(RoomKey room) {
        var reply = run(room, KEPT, List.of(countOf(room)), List.of());
        return new Kept(reply.number(0), reply.number(1), reply.number(2));
    }

    /** Counts what is said in a room, each of its priority, as far as there may be so many messages a second. */
    Attempt<Counted> count(RoomView view, List<Integer> priorities, int perSecond) {
        var arguments = arguments(view);
        arguments.add(number(perSecond));
        arguments.add(number(SILENCE.toMillis()));
        var digits = new StringBuilder(priorities.size());
        priorities.forEach(digits::append);
        arguments.add(bytes(digits.toString()));
        arguments.add(number(view.row().keepDays() > 0 ? 1 : 0));
        var keys = List.of(nodesOf(view.key()), countOf(view.key()));
        var reply = run(view.key(), SAY, keys, arguments);
        if (reply.number(0) == 0) {
            return new Attempt.Outdated<>(reply.number(1));
        }
        var numbers = reply.array(3);
        return new Attempt.Done<>(new Counted(
                reply.number(1),
                reply.number(2),
                IntStream.range(0, numbers.size()).mapToObj(numbers::number).toList(),
                texts(reply.array(4))));
    }

    /** A room has a version now: nobody does anything by an older one from here on. Returns the incarnations of the nodes that are present. */
    List<String> changed(RoomKey room, long version) {
        return texts(run(room, CHANGED, List.of(nodesOf(room)), List.of(number(version))));
    }

    /** A node has so many connections in rooms, for as long as its lease is. Returns the newest version known of each; 0 where none is. */
    Map<RoomKey, Long> renew(String incarnation, Duration lease, Collection<Presence> presences) {
        Map<RoomKey, Long> versions = new HashMap<>();
        presences.stream()
                .collect(groupingBy(presence -> presence.room().in(partitions)))
                .forEach((partition, some) -> some.stream()
                        .gather(Gatherers.windowFixed(ROOMS_PER_SCRIPT))
                        .forEach(chunk -> {
                            var arguments = new ArrayList<>(List.of(bytes(incarnation), number(lease.toMillis())));
                            chunk.forEach(presence -> {
                                arguments.add(number(presence.version()));
                                arguments.add(number(presence.connections()));
                            });
                            var keys = chunk.stream()
                                    .map(presence -> nodesOf(presence.room()))
                                    .toList();
                            var reply = scripts.run(partition, RENEW, keys, arguments)
                                    .values();
                            for (var i = 0; i < chunk.size(); i++) {
                                versions.put(chunk.get(i).room(), reply.number(i));
                            }
                        }));
        return versions;
    }

    /** Returns about how many connections are in each room. */
    Map<RoomKey, Integer> present(Collection<RoomKey> rooms) {
        Map<RoomKey, Integer> sums = new HashMap<>();
        rooms.stream()
                .distinct()
                .collect(groupingBy(room -> room.in(partitions)))
                .forEach((partition, some) -> some.stream()
                        .gather(Gatherers.windowFixed(ROOMS_PER_SCRIPT))
                        .forEach(chunk -> {
                            var keys = chunk.stream().map(RoomNodes::nodesOf).toList();
                            var reply = scripts.run(partition, PRESENT, keys, List.of())
                                    .values();
                            for (var i = 0; i < chunk.size(); i++) {
                                sums.put(chunk.get(i), Math.toIntExact(reply.number(i)));
                            }
                        }));
        return sums;
    }

    private ScriptReply run(RoomKey room, Script script, List<String> keys, List<byte[]> arguments) {
        return scripts.run(room.in(partitions), script, keys, arguments).values();
    }

    private static List<byte[]> arguments(RoomView view) {
        return new ArrayList<>(List.of(number(view.version()), number(view.sure() ? 1 : 0), number(view.told())));
    }

    private static String nodesOf(RoomKey room) {
        return "room_nodes:" + room;
    }

    private static String countOf(RoomKey room) {
        return "room_count:" + room;
    }

    private static List<String> texts(ScriptReply array) {
        return IntStream.range(0, array.size()).mapToObj(array::text).toList();
    }

    private static byte[] number(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
