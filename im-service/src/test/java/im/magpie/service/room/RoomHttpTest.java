package im.magpie.service.room;

import static im.magpie.service.testing.TestService.ADMIN;
import static im.magpie.service.testing.TestService.userSig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.EnterRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.common.rpc.RoomCall;
import im.magpie.common.rpc.RoomName;
import im.magpie.common.rpc.RoomSendBatch;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.SessionRef;
import im.magpie.service.pipeline.StoreQueueReader;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestService;
import im.magpie.service.testing.TestService.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import tools.jackson.databind.JsonNode;

/** Rooms over HTTP, in the service as it is deployed. */
class RoomHttpTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String APP = TestService.APP.id();
    private static final String ALICE = userSig("alice");
    private static final String BOB = userSig("bob");

    private final CachingConnectionFactory connections = TestBroker.shared().unconfirmed();
    private TestService service;
    private StoreQueueReader store;

    @BeforeEach
    void start() {
        service = TestService.start(
                database,
                redis,
                "--im.service.erasure.after=1s",
                "--im.service.erasure.interval=100ms",
                "--im.service.rooms.messages-per-second=2");
        store = new StoreQueueReader(connections, TestService.store());
        // The store is found a moment after the start, and nothing is known of any room before.
        await().ignoreExceptions()
                .until(() -> service.bean(RoomNodes.class)
                                .present(List.of(new RoomKey(APP, "any")))
                                .size()
                        == 1);
    }

    @AfterEach
    void close() throws InterruptedException {
        store.close();
        service.close();
        connections.destroy();
    }

    @Test
    void everyOperationHasItsRoute() {
        people("alice", "bob");
        var made = ok(service.call("PUT", "/v1/rooms/live", ALICE, "{\"name\":\"live\",\"keepDays\":1}"));
        assertThat(made.path("ownerId").asString()).isEqualTo("alice");
        assertThat(ok(service.call("PATCH", "/v1/rooms/live", ALICE, "{\"muted\":true}"))
                        .path("muted")
                        .asBoolean())
                .isTrue();
        assertThat(service.call("PATCH", "/v1/rooms/live", BOB, "{\"muted\":false}")
                        .code())
                .isEqualTo("FORBIDDEN");
        ok(service.call("PATCH", "/v1/rooms/live/users/bob", ALICE, "{\"moderator\":true}"));
        assertThat(ok(service.call("GET", "/v1/rooms/live", BOB))
                        .path("self")
                        .path("moderator")
                        .asBoolean())
                .isTrue();
        var users = ok(service.call("GET", "/v1/rooms/live/users?limit=1", BOB));
        assertThat(users.path("users").get(0).path("userId").asString()).isEqualTo("bob");

        var said = ok(service.call(
                "POST",
                "/v1/rooms/live/messages",
                ADMIN,
                "{\"content\":{\"text\":{\"text\":\"welcome\"}},\"priority\":\"HIGH\"}"));
        assertThat(said.path("number").asString()).isEqualTo("1");
        assertThat(service.call("POST", "/v1/rooms/live/messages", ALICE, "{}").code())
                .isEqualTo("FORBIDDEN");
        assertThat(service.call("POST", "/v1/rooms/live/messages", ADMIN, "{}").code())
                .isEqualTo("CONTENT_MISSING");
        await().until(() -> messages("live", BOB).size() == 1);
        var read = messages("live", BOB).getFirst();
        assertThat(read.path("content").path("text").path("text").asString()).isEqualTo("welcome");
        assertThat(read.path("priority").asString()).isEqualTo("HIGH");
        assertThat(read.has("senderId")).isFalse();

        ok(service.call("PATCH", "/v1/rooms/live/users/bob", ADMIN, "{\"moderator\":false,\"banSeconds\":60}"));
        var banned = service.call("GET", "/v1/rooms/live/messages", BOB);
        assertThat(banned.status()).isEqualTo(403);
        assertThat(banned.code()).isEqualTo("BANNED");
        assertThat(ok(service.call("DELETE", "/v1/rooms/live", ALICE))
                        .path("closed")
                        .asBoolean())
                .isTrue();
        var closed = service.call("PATCH", "/v1/rooms/live", ADMIN, "{\"muted\":true}");
        assertThat(closed.status()).isEqualTo(403);
        assertThat(closed.code()).isEqualTo("ROOM_CLOSED");
        assertThat(service.call("GET", "/v1/rooms/nothing", ALICE).status()).isEqualTo(404);
        assertThat(service.call("POST", "/v1/rooms/nothing/messages", ADMIN, text("hello"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theBusinessSystemHasAListOfItsRooms() {
        people("alice");
        for (var room : List.of("zzzzz-c", "zzzzz-a", "zzzzz-b", "zzzzz-d")) {
            ok(service.call("PUT", "/v1/rooms/" + room, ADMIN, "{\"name\":\"live\",\"ownerId\":\"alice\"}"));
        }
        ok(service.call("DELETE", "/v1/rooms/zzzzz-b", ADMIN));
        enter("alice", "zzzzz-a");

        var first = ok(service.call("GET", "/v1/rooms?limit=2&after=zzzzz", ADMIN));
        assertThat(ids(first)).containsExactly("zzzzz-a", "zzzzz-c");
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(first.path("rooms").get(0).path("present").asInt()).isEqualTo(1);
        assertThat(ids(ok(service.call("GET", "/v1/rooms?after=zzzzz-c", ADMIN))))
                .containsExactly("zzzzz-d");
        assertThat(ids(ok(service.call("GET", "/v1/rooms?closed=true&after=zzzzz", ADMIN))))
                .containsExactly("zzzzz-a", "zzzzz-b", "zzzzz-c", "zzzzz-d");
        assertThat(service.call("GET", "/v1/rooms", ALICE).code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void oneAddressTakesBothWhatMakesARoomAndWhateverTheCommandTakes() {
        people("alice");
        var made = ok(service.call("POST", "/v1/rooms", ALICE, "{\"name\":\"live\"}"));
        var roomId = made.path("roomId").asString();
        assertThat(roomId).hasSize(16);
        var reply = ok(service.call("POST", "/v1/rooms", ALICE, """
            {"roomId":"%s","change":{"announcement":"hello"}}\
            """.formatted(roomId)));
        assertThat(reply.path("room").path("announcement").asString()).isEqualTo("hello");
        assertThat(service.call("POST", "/v1/rooms", ALICE, "{\"roomId\":\"%s\",\"enter\":{}}".formatted(roomId))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(service.call("POST", "/v1/rooms", ALICE, "{").code()).isEqualTo("MALFORMED_BODY");
    }

    @Test
    void aRoomTakesSoMuchASecond() {
        ok(service.call("PUT", "/v1/rooms/fast", ADMIN, "{\"name\":\"live\"}"));
        await().until(() -> {
            var body = "{\"content\":{\"text\":{\"text\":\"hello\"}},\"priority\":\"LOW\"}";
            var answer = service.call("POST", "/v1/rooms/fast/messages", ADMIN, body);
            return answer.status() == 429
                    && answer.code().equals("RATE_LIMITED")
                    && answer.body().path("retryAfterMs").asInt(0) > 0;
        });
    }

    @Test
    void whoIsErasedLeavesNothingInRoomsOrInExports() {
        people("hermione", "bob");
        ok(service.call("PUT", "/v1/rooms/zoes", userSig("hermione"), "{\"name\":\"hers\",\"keepDays\":1}"));
        ok(service.call("PUT", "/v1/rooms/bobs", BOB, "{\"name\":\"his\",\"keepDays\":1}"));
        enter("hermione", "bobs");
        enter("bob", "bobs");
        say("hermione", "bobs");
        say("bob", "bobs");
        await().until(() -> messages("bobs", BOB).size() == 2);
        var export =
                service.exchange("GET", "/v1/users/hermione/export", ADMIN, "").body();
        assertThat(export).contains("{\"end\":");
        assertThat(export.lines().filter(line -> line.startsWith("{\"roomMessage\":")))
                .singleElement()
                .asString()
                .contains("\"senderId\":\"hermione\"", "\"roomId\":\"bobs\"", "hello");
        assertThat(export.lines().filter(line -> line.startsWith("{\"room\":")))
                .singleElement()
                .asString()
                .contains("\"roomId\":\"zoes\"");

        assertThat(service.call("DELETE", "/v1/users/hermione", ADMIN).status()).isEqualTo(202);
        await().until(() -> service.call("GET", "/v1/users/hermione/erasure", ADMIN)
                .body()
                .path("state")
                .asString()
                .equals("ERASED"));

        assertThat(messages("bobs", BOB))
                .extracting(message -> message.path("senderId").asString())
                .containsExactly("bob");
        assertThat(ok(service.call("GET", "/v1/rooms/zoes", BOB)).path("closed").asBoolean())
                .isTrue();
    }

    private static String text(String text) {
        return "{\"content\":{\"text\":{\"text\":\"%s\"}}}".formatted(text);
    }

    private void enter(String userId, String roomId) {
        var outcome = service.bean(RoomsProvider.class)
                .call(RoomCall.newBuilder()
                        .setSession(SessionRef.newBuilder()
                                .setAppId(APP)
                                .setUserId(userId)
                                .setIncarnation("node"))
                        .setRequest(RoomRequest.newBuilder().setRoomId(roomId).setEnter(EnterRoom.getDefaultInstance()))
                        .setLeaseMs(60_000)
                        .build());
        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
    }

    private void say(String userId, String roomId) {
        var item = RoomSendItem.newBuilder()
                .setRoom(RoomName.newBuilder().setAppId(APP).setRoomId(roomId))
                .setSenderId(userId)
                .setRequest(RoomWorld.request(RoomPriority.NORMAL));
        var outcomes = service.bean(RoomsProvider.class)
                .send(RoomSendBatch.newBuilder().addItems(item).build());
        assertThat(outcomes.getOutcomes(0).getError()).isEqualTo(ErrorCode.OK);
    }

    private List<JsonNode> messages(String roomId, String token) {
        var page = ok(service.call("GET", "/v1/rooms/%s/messages".formatted(roomId), token));
        return StreamSupport.stream(page.path("messages").spliterator(), false).toList();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("rooms").spliterator(), false)
                .map(room -> room.path("roomId").asString())
                .toList();
    }

    private void people(String... userIds) {
        for (var userId : userIds) {
            assertThat(service.call("PUT", "/v1/users/" + userId, ADMIN).status())
                    .isEqualTo(200);
        }
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }
}
