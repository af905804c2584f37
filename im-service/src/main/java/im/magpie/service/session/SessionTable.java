package im.magpie.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.Kicked;
import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.epoch.EpochReply;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.SessionField;
import im.magpie.service.redis.Script;
import im.magpie.service.redis.ScriptReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Which device is connected where, in Redis. Blocks; meant for virtual threads; safe for use by many. Throws
 * {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis did not answer: what was asked may have been done then.
 */
final class SessionTable {

    private static final Script PLACE = Script.ofPartition("index", "session", "session_place");
    private static final Script LIST = Script.ofPartition("session_list");
    private static final Script END = Script.ofPartition("session", "session_end");
    private static final int ENTRIES_PER_SCRIPT = 1_000;

    /** How long it may take until a superseded connection that was not reached asks for itself. */
    private static final Duration SUPERSEDED_REMEMBERED = Duration.ofHours(1);

    private final PartitionScripts scripts;
    private final Partitions partitions;
    private final SessionProperties properties;
    private final Supplier<DeviceSettings> policies;

    /** @param policies is asked each time */
    SessionTable(
            PartitionScripts scripts,
            Partitions partitions,
            SessionProperties properties,
            Supplier<DeviceSettings> policies) {
        this.scripts = scripts;
        this.partitions = partitions;
        this.properties = properties;
        this.policies = policies;
    }

    /**
     * Where a user's devices are connected.
     *
     * @param time when that was so, unix milliseconds, Redis' clock
     */
    record Connected(List<Session> sessions, long time) {}

    Connected of(UserKey user) {
        var values = scripts.run(partitionOf(user), LIST, List.of("session"), List.of(bytes(user.toString())))
                .values();
        return new Connected(
                values.text(1).lines().map(line -> session(user, line)).toList(), values.number(0));
    }

    private static Session session(UserKey user, String line) {
        var session = SessionField.session(line);
        return new Session(
                SessionField.route(user, line),
                SessionField.loginTime(session),
                SessionField.sigIssued(session),
                LoginAttempt.in(session));
    }

    /**
     * Makes each connection its device's session, unless a later login has, its own device's or one that may not stand beside it: the later of two
     * logins is the later one by Redis' clock.
     */
    List<Standing> put(List<Session> sessions) {
        return place(sessions, true);
    }

    /** Says what each connection is, and changes nothing. */
    List<Standing> look(List<Session> sessions) {
        return place(sessions, false);
    }

    /** Ends sessions where they are still these connections' own, which are no more. Returns the time, Redis' clock; 0 when there is nothing to end. */
    long end(Collection<DeviceRoute> routes) {
        return end(routes, true);
    }

    /** The same for connections that may only be out of reach: whoever was superseded and lives stays superseded. */
    void lose(Collection<DeviceRoute> routes) {
        end(routes, false);
    }

    private long end(Collection<DeviceRoute> routes, boolean gone) {
        var time = new AtomicLong();
        forEachChunk(List.copyOf(routes), DeviceRoute::user, (partition, chunk) -> {
            var keys = new ArrayList<String>();
            var arguments = new ArrayList<byte[]>();
            keys.add("session");
            arguments.add(bytes(gone ? 1 : 0));
            for (var route : chunk) {
                keys.add(supersededKey(route));
                arguments.add(bytes(route.user().toString()));
                arguments.add(bytes(SessionField.device(route)));
                arguments.add(bytes(SessionField.connection(route)));
            }
            time.set(scripts.run(partition, END, keys, arguments).values().number(0));
        });
        return time.get();
    }

    private List<Standing> place(List<Session> sessions, boolean put) {
        var standings = new Standing[sessions.size()];
        var places = IntStream.range(0, standings.length)
                .mapToObj(i -> new Place(i, sessions.get(i)))
                .toList();
        forEachChunk(places, place -> place.session().user(), (partition, chunk) -> {
            var reply = place(partition, chunk, put);
            var time = reply.values().number(0);
            for (var i = 0; i < chunk.size(); i++) {
                var place = chunk.get(i);
                standings[place.index()] = standing(
                        place.session().user(),
                        time,
                        reply.epoch(),
                        reply.values().array(i + 1));
            }
        });
        return Arrays.asList(standings);
    }

    private EpochReply place(Partition partition, List<Place> places, boolean put) {
        var keys = new ArrayList<String>();
        var arguments = new ArrayList<byte[]>();
        keys.add("version");
        keys.add("idle");
        keys.add("session");
        arguments.add(bytes(put ? 1 : 0));
        arguments.add(bytes(properties.maxDevices()));
        arguments.add(bytes(SUPERSEDED_REMEMBERED.toSeconds()));
        for (var place : places) {
            var route = place.session().route();
            keys.add(supersededKey(route));
            arguments.add(bytes(route.user().toString()));
            arguments.add(bytes(SessionField.device(route)));
            arguments.add(bytes(SessionField.connection(route)));
            arguments.add(bytes(place.session().loginTime()));
            arguments.add(bytes(place.session().sigIssued()));
            arguments.add(bytes(place.session().attempt().toString()));
            arguments.add(bytes(apart(route)));
        }
        return scripts.run(partition, PLACE, keys, arguments);
    }

    /** Returns the numbers of the client types that the policy keeps apart from a device, each between spaces. */
    private String apart(DeviceRoute route) {
        var types = policies.get().of(route.user().appId()).apartFrom(route.clientType());
        return types.isEmpty()
                ? ""
                : types.stream().map(type -> type.getNumber() + " ").collect(joining("", " ", ""));
    }

    private static Standing standing(UserKey user, long time, long epoch, ScriptReply reply) {
        var version = IndexVersion.newBuilder().setEpoch(epoch).setCounter(reply.number(2));
        return new Standing(
                ReconcileOutcome.State.forNumber((int) reply.number(0)),
                reply.number(1),
                version.build(),
                reply.text(3).isEmpty() ? Kicked.getDefaultInstance() : Kicks.supersededBy(reply.text(3)),
                SessionField.routes(user, reply.text(4)),
                time);
    }

    private <T> void forEachChunk(List<T> entries, Function<T, UserKey> user, BiConsumer<Partition, List<T>> action) {
        var byPartition = entries.stream().collect(groupingBy(entry -> partitionOf(user.apply(entry))));
        byPartition.forEach((partition, part) -> {
            for (var from = 0; from < part.size(); from += ENTRIES_PER_SCRIPT) {
                action.accept(partition, part.subList(from, Math.min(from + ENTRIES_PER_SCRIPT, part.size())));
            }
        });
    }

    private Partition partitionOf(UserKey user) {
        return Partition.ofUsers(partitions.ofUser(user.appId(), user.userId()));
    }

    private static String supersededKey(DeviceRoute route) {
        return "superseded:" + route.user();
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** A session and where its answer belongs. */
    private record Place(int index, Session session) {}
}
