package im.magpie.service.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.EnterRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GetRoom;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.common.broker.PushItem;
import im.magpie.common.error.MagpieException;
import im.magpie.common.retention.Retention;
import im.magpie.common.retention.RetentionSettings;
import im.magpie.common.rpc.BannedCall;
import im.magpie.common.rpc.RoomCall;
import im.magpie.common.rpc.RoomName;
import im.magpie.common.rpc.RoomOutcome;
import im.magpie.common.rpc.RoomPresence;
import im.magpie.common.rpc.RoomRenewal;
import im.magpie.common.rpc.RoomSendBatch;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.common.rpc.RoomState;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.pipeline.World;
import im.magpie.service.rate.SendRateSettings;
import im.magpie.service.rate.SendRates;
import im.magpie.service.request.Actor;
import im.magpie.service.testing.MemoryRooms;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.user.TestUsers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rooms over a real database, Redis and broker, of one app. There are the nodes node-a and node-b. */
final class RoomWorld implements AutoCloseable {

    static final String APP = "app";
    static final String BUSINESS_SYSTEM = "";
    static final Duration LEASE = Duration.ofMinutes(1);

    /** For ever, as far as a test goes: what is known is not read again unless Redis says that it is old. */
    private static final CacheProperties CACHE =
            new CacheProperties(Duration.ofMinutes(1), Duration.ofMinutes(10), 1_000);

    volatile RoomSettings settings = settings(2, 1_000);
    volatile SendRateSettings rate = new SendRateSettings(0, 1, 0, 1);
    volatile Duration later = Duration.ZERO;

    final World world;
    final MemoryRooms kept;
    final TestUsers users;
    final JdbcTemplate rows;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RoomDepartures departures;
    final RoomRecords records;
    final RoomTidy tidy;
    final RoomNodes nodes;
    private final TestDatabase database;
    private final LongSupplier clock;
    private final RetentionSettings retention;

    /** An instance of the service, and another one. */
    final Instance here;

    final Instance there;

    RoomWorld(TestRedis redis, TestDatabase database) {
        this(redis, database, new RetentionSettings(Retention.FOREVER, Map.of()));
    }

    RoomWorld(TestRedis redis, TestDatabase database, RetentionSettings retention) {
        this.database = database;
        this.retention = retention;
        world = new World(redis.client());
        kept = world.store.rooms();
        users = new TestUsers(database, Ticker.systemTicker());
        rows = new JdbcTemplate(database.dataSource());
        clock = () -> redis.scripts().timeMillis() + later.toMillis();
        nodes = new RoomNodes(world.scripts, World.PARTITIONS);
        here = new Instance();
        there = new Instance();
        departures = new RoomDepartures(here.rooms, here.roomUsers, here.ledger, here.events, here.memory);
        records = new RoomRecords(here.rooms, here.lists, here.memory);
        tidy = new RoomTidy(here.roomUsers, clock);
    }

    static RoomSettings settings(int maxRooms, int perSecond) {
        return new RoomSettings(true, maxRooms, Map.of(), 30, 3, perSecond);
    }

    /** What is wired once a process. */
    final class Instance {
        final RoomMapper rooms = database.mapper(RoomMapper.class);
        final RoomUserMapper roomUsers = database.mapper(RoomUserMapper.class);
        final RoomViews views =
                new RoomViews(rooms, roomUsers, new Database(database.dataSource()), CACHE, Ticker.systemTicker());
        final RoomEvents events = new RoomEvents(nodes, views, world.pushes);
        final RoomLedger ledger = new RoomLedger(
                rooms,
                roomUsers,
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                clock);
        final RoomLists lists = new RoomLists(rooms, roomUsers, nodes, clock);
        final RoomMemory memory = new RoomMemory(kept, new Arrivals(nodes, clock));
        final RoomCommands commands = new RoomCommands(
                new RoomFounding(rooms, users.states(), () -> settings, clock),
                new RoomStaff(users.states(), () -> settings),
                ledger,
                events,
                lists,
                memory);
        private final RoomMeters meters = new RoomMeters(registry);
        final RoomSpeech speech = new RoomSpeech(
                new RoomSends(
                        new RoomFloor(views, nodes, () -> settings, clock, meters),
                        world.publisher,
                        World.PARTITIONS,
                        world.pushes,
                        retention),
                users.states(),
                new SendRates(() -> rate, Ticker.systemTicker(), registry),
                1_000,
                meters);
        final RoomsProvider provider =
                new RoomsProvider(commands, new RoomDoor(views, nodes, roomUsers, clock), speech);

        /** Calls in the name of somebody who is connected to a node. */
        RoomOutcome call(String userId, String node, String roomId, Consumer<RoomRequest.Builder> operation) {
            var request = RoomRequest.newBuilder().setRoomId(roomId);
            operation.accept(request);
            var session =
                    SessionRef.newBuilder().setAppId(APP).setUserId(userId).setIncarnation(node);
            return provider.call(RoomCall.newBuilder()
                    .setSession(session)
                    .setRequest(request)
                    .setLeaseMs(LEASE.toMillis())
                    .build());
        }

        ErrorCode enter(String userId, String node, Room room) {
            return call(userId, node, room.getRoomId(), request -> request.setEnter(EnterRoom.getDefaultInstance()))
                    .getError();
        }

        RoomSendOutcome say(String userId, Room room, RoomPriority priority) {
            return say(List.of(item(userId, room, priority))).getFirst();
        }

        RoomSendOutcome say(String userId, Room room) {
            return say(userId, room, RoomPriority.NORMAL);
        }

        List<RoomSendOutcome> say(List<RoomSendItem> items) {
            return provider.send(RoomSendBatch.newBuilder().addAllItems(items).build())
                    .getOutcomesList();
        }

        RoomState renew(String node, Room room, int connections) {
            var outcome = provider.renew(RoomRenewal.newBuilder()
                    .setIncarnation(node)
                    .setLeaseMs(LEASE.toMillis())
                    .addRooms(RoomPresence.newBuilder().setRoom(name(room)).setConnections(connections))
                    .build());
            assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
            return outcome.getStates(0);
        }

        List<String> banned(Room room, String... userIds) {
            return provider.banned(BannedCall.newBuilder()
                            .setRoom(name(room))
                            .addAllUserIds(List.of(userIds))
                            .build())
                    .getUserIdsList();
        }
    }

    static RoomName name(Room room) {
        return RoomName.newBuilder().setAppId(APP).setRoomId(room.getRoomId()).build();
    }

    static RoomSendRequest request(RoomPriority priority) {
        return RoomSendRequest.newBuilder()
                .setClientMessageId(UuidV7.next(System::currentTimeMillis).toString())
                .setContent(Contents.text("hello"))
                .setPriority(priority)
                .build();
    }

    static RoomSendItem item(String userId, Room room, RoomPriority priority) {
        return item(userId, room, request(priority));
    }

    static RoomSendItem item(String userId, Room room, RoomSendRequest request) {
        return RoomSendItem.newBuilder()
                .setRoom(name(room))
                .setSenderId(userId)
                .setRequest(request)
                .build();
    }

    void people(String... userIds) {
        users.add(Stream.of(userIds).map(RoomWorld::user).toArray(UserKey[]::new));
    }

    static UserKey user(String userId) {
        return new UserKey(APP, userId);
    }

    /** Makes a room of a user, who is imported on the way; or of the business system. */
    Room room(String owner) {
        return room(owner, wanted -> {});
    }

    Room room(String owner, Consumer<CreateRoom.Builder> more) {
        if (!owner.isEmpty()) {
            people(owner);
        }
        var wanted = CreateRoom.newBuilder().setName("live");
        more.accept(wanted);
        return call(owner, "", request -> request.setCreate(wanted)).getRoom();
    }

    /** Asks for an operation in somebody's name. */
    RoomReply call(String by, String roomId, Consumer<RoomRequest.Builder> operation) {
        var request = RoomRequest.newBuilder().setRoomId(roomId);
        operation.accept(request);
        return here.commands.reply(new Actor(APP, by), request.build());
    }

    RoomReply call(String by, Room room, Consumer<RoomRequest.Builder> operation) {
        return call(by, room.getRoomId(), operation);
    }

    ErrorCode refusal(String by, Room room, Consumer<RoomRequest.Builder> operation) {
        return refusal(() -> call(by, room, operation));
    }

    static ErrorCode refusal(Runnable operation) {
        var refusal = catchThrowableOfType(MagpieException.class, operation::run);
        assertThat(refusal).isNotNull();
        return refusal.code();
    }

    Room get(String by, Room room) {
        return call(by, room, request -> request.setGet(GetRoom.getDefaultInstance()))
                .getRoom();
    }

    Room change(String by, Room room, Consumer<RoomChange.Builder> change) {
        return call(by, room, changing(change)).getRoom();
    }

    static Consumer<RoomRequest.Builder> changing(Consumer<RoomChange.Builder> change) {
        var wanted = RoomChange.newBuilder();
        change.accept(wanted);
        return request -> request.setChange(wanted);
    }

    RoomUser change(String by, Room room, String userId, Consumer<ChangeRoomUser.Builder> change) {
        return call(by, room, changing(userId, change)).getUser();
    }

    static Consumer<RoomRequest.Builder> changing(String userId, Consumer<ChangeRoomUser.Builder> change) {
        var wanted = ChangeRoomUser.newBuilder().setUserId(userId);
        change.accept(wanted);
        return request -> request.setUser(wanted);
    }

    /** Waits for so many packets of a node, and returns them. */
    List<PushItem> pushed(String node, int count) throws Exception {
        List<PushItem> items = new ArrayList<>();
        while (items.size() < count) {
            items.addAll(world.pushed(node));
        }
        assertThat(items).hasSize(count);
        return items;
    }

    static RoomMessage message(PushItem item) {
        try {
            return RoomPush.parseFrom(item.getBody()).getMessages(0);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    double counted(String meter, String tag, String value) {
        return registry.get(meter).tag(tag, value).counter().count();
    }

    @Override
    public void close() throws InterruptedException {
        world.close();
    }
}
