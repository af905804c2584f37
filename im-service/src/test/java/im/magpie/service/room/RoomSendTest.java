package im.magpie.service.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.service.rate.SendRateSettings;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.options.KeysScanOptions;

/** What is said in rooms: who may, how much, and where it goes. */
class RoomSendTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private RoomWorld world;
    private Room room;

    @BeforeEach
    void start() {
        world = new RoomWorld(redis, database);
        room = world.room("alice");
        world.people("bob", "carol", "mod");
        world.change("alice", room, "mod", user -> user.setModerator(true));
        world.here.enter("bob", "node-a", room);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whatIsSaidIsCountedAndGoesToTheNodesThatArePresent() throws Exception {
        world.there.enter("carol", "node-b", room);
        var request = RoomWorld.request(RoomPriority.LOW);
        var reply = world.there
                .say(List.of(RoomWorld.item("bob", room, request)))
                .getFirst()
                .getReply();

        for (var node : List.of("node-a", "node-b")) {
            var item = world.pushed(node, 1).getFirst();
            assertThat(item.getConnectionIdsList()).isEmpty();
            assertThat(item.getRoom().getAppId()).isEqualTo(RoomWorld.APP);
            assertThat(item.getRoom().getPriority()).isEqualTo(RoomPriority.LOW_VALUE);
            assertThat(item.getRoom().getVersion()).isZero();
            var message = RoomWorld.message(item);
            assertThat(message.getRoomId()).isEqualTo(room.getRoomId());
            assertThat(message.getSenderId()).isEqualTo("bob");
            assertThat(message.getClientMessageId()).isEqualTo(request.getClientMessageId());
            assertThat(message.getContent()).isEqualTo(request.getContent());
            assertThat(message.getNumber()).isEqualTo(reply.getNumber()).isEqualTo(1);
            assertThat(message.getRun()).isEqualTo(reply.getRun()).isPositive();
            assertThat(message.getServerTime()).isEqualTo(reply.getServerTime()).isPositive();
        }
        assertThat(world.counted("magpie.service.room", "outcome", "said")).isEqualTo(1);
    }

    @Test
    void numbersOfARunHaveNoGaps() {
        var first = world.here.say("bob", room).getReply();
        var more = world.there.say(items(5, RoomPriority.NORMAL)).stream()
                .map(RoomSendOutcome::getReply)
                .toList();

        assertThat(first.getNumber()).isEqualTo(1);
        assertThat(more).extracting(RoomSendReply::getNumber).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(more).extracting(RoomSendReply::getRun).containsOnly(first.getRun());
    }

    @Test
    void aCountThatWasLostBeginsANewRun() {
        var first = world.here.say("bob", room).getReply();
        redis.client()
                .getKeys()
                .getKeysStream(KeysScanOptions.defaults().pattern("*room_count*"))
                .toList()
                .forEach(key -> redis.client().getKeys().delete(key));
        var next = world.here.say("bob", room).getReply();

        assertThat(next.getNumber()).isEqualTo(1);
        assertThat(next.getRun()).isGreaterThan(first.getRun());
    }

    @Test
    void aSecondHasRoomForSoMuchOfEachPriority() {
        world.settings = RoomWorld.settings(2, 10);
        // All in one second, whichever that is.
        var items = Stream.of(
                        items(6, RoomPriority.LOW),
                        items(5, RoomPriority.NORMAL),
                        items("mod", 2, RoomPriority.HIGH),
                        items(1, RoomPriority.HIGH))
                .flatMap(List::stream)
                .toList();
        var outcomes = world.here.say(items);

        assertThat(outcomes)
                .extracting(outcome -> (int) outcome.getReply().getNumber())
                .containsExactly(1, 2, 3, 4, 5, 0, 6, 7, 8, 9, 0, 10, 0, 0);
        assertThat(outcomes.get(5).getError()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(outcomes.get(5).getRetryAfterMs()).isBetween(100, 2_002);
        assertThat(world.counted("magpie.service.room.limited", "priority", "low"))
                .isEqualTo(1);
        assertThat(world.counted("magpie.service.room.limited", "priority", "normal"))
                .as("of him who may not say so, HIGH is NORMAL")
                .isEqualTo(2);
        assertThat(world.counted("magpie.service.room.limited", "priority", "high"))
                .isEqualTo(1);
        await().until(() -> world.here.say("bob", room, RoomPriority.LOW).getError() == ErrorCode.OK);
    }

    @Test
    void whoMayNotSpeakIsTold() {
        world.people("muted", "banned");
        world.change("mod", room, "muted", user -> user.setMuteSeconds(60));
        world.change("mod", room, "banned", user -> user.setBanSeconds(60));

        assertThat(world.here.say("muted", room).getError()).isEqualTo(ErrorCode.MUTED);
        assertThat(world.here.say("banned", room).getError()).isEqualTo(ErrorCode.BANNED);
        assertThat(world.here.say("nobody", room).getError()).isEqualTo(ErrorCode.UNKNOWN_USER);
        world.change("alice", room, change -> change.setMuted(true));
        assertThat(world.here.say("bob", room).getError()).isEqualTo(ErrorCode.MUTED);
        assertThat(world.here.say("mod", room).getError()).isEqualTo(ErrorCode.OK);
        assertThat(world.here.say("alice", room).getReply().getNumber())
                .as("nothing that was refused has a number")
                .isEqualTo(2);
        world.later = Duration.ofSeconds(61);
        world.change("alice", room, change -> change.setMuted(false));
        assertThat(world.here.say("muted", room).getError()).isEqualTo(ErrorCode.OK);
        assertThat(world.counted("magpie.service.room", "outcome", "refused")).isEqualTo(4);
    }

    @Test
    void noInstanceGoesByWhatIsOld() {
        assertThat(world.there.say("bob", room).getError()).isEqualTo(ErrorCode.OK);
        world.change("alice", room, "bob", user -> user.setMuteSeconds(60));
        assertThat(world.there.say("bob", room).getError()).isEqualTo(ErrorCode.MUTED);
        world.change("alice", room, "bob", user -> user.setMuteSeconds(0));
        assertThat(world.there.say("bob", room).getError())
                .as("nor refuses anything for it")
                .isEqualTo(ErrorCode.OK);
    }

    @Test
    void whatNobodyCouldReadIsNotSaid() {
        assertThat(refusal(RoomWorld.request(RoomPriority.LOW).toBuilder().setClientMessageId("mine")))
                .isEqualTo(ErrorCode.INVALID_CLIENT_MESSAGE_ID);
        assertThat(refusal(RoomWorld.request(RoomPriority.LOW).toBuilder().clearContent()))
                .isEqualTo(ErrorCode.CONTENT_MISSING);
        assertThat(refusal(Contents.text("x".repeat(2_000)))).isEqualTo(ErrorCode.CONTENT_TOO_LARGE);
        assertThat(refusal(Contents.recall(1))).isEqualTo(ErrorCode.INVALID_CONTENT);
        assertThat(refusal(Contents.text("hey").toBuilder().setReplyTo(1).build()))
                .isEqualTo(ErrorCode.INVALID_CONTENT);
        assertThat(refusal(Contents.text("hey").toBuilder().setMentionsAll(true).build()))
                .isEqualTo(ErrorCode.INVALID_CONTENT);
    }

    private ErrorCode refusal(MessageContent content) {
        return refusal(RoomWorld.request(RoomPriority.LOW).toBuilder().setContent(content));
    }

    private ErrorCode refusal(RoomSendRequest.Builder request) {
        return world.here
                .say(List.of(RoomWorld.item("bob", room, request.build())))
                .getFirst()
                .getError();
    }

    @Test
    void oneRoomsTroubleIsNotAnothers() {
        var nothing = Room.newBuilder().setRoomId("nothing").build();
        var outcomes = world.here.say(List.of(
                RoomWorld.item("bob", nothing, RoomPriority.NORMAL),
                RoomWorld.item("bob", room, RoomPriority.NORMAL),
                RoomWorld.item("carol", nothing, RoomPriority.NORMAL),
                RoomWorld.item("carol", room, RoomPriority.NORMAL)));

        assertThat(outcomes)
                .extracting(RoomSendOutcome::getError)
                .containsExactly(ErrorCode.NOT_FOUND, ErrorCode.OK, ErrorCode.NOT_FOUND, ErrorCode.OK);
    }

    @Test
    void whoSendsTooFastIsHeldBack() {
        world.rate = new SendRateSettings(1, 3, 0, 1);

        var outcomes = world.here.say(items(5, RoomPriority.NORMAL));

        assertThat(outcomes)
                .extracting(RoomSendOutcome::getError)
                .startsWith(ErrorCode.OK, ErrorCode.OK, ErrorCode.OK)
                .endsWith(ErrorCode.RATE_LIMITED);
        assertThat(outcomes.getLast().getRetryAfterMs()).isPositive();
    }

    @Test
    void theBusinessSystemSpeaksToWhomItWants() throws Exception {
        var key = new RoomKey(RoomWorld.APP, room.getRoomId());
        world.change("alice", room, change -> change.setMuted(true));
        var reply = world.here.speech.say(key, RoomWorld.request(RoomPriority.HIGH));

        var items = world.pushed("node-a", 2);
        var message = RoomWorld.message(items.getLast());
        assertThat(message.getSenderId()).isEmpty();
        assertThat(message.getPriority()).isEqualTo(RoomPriority.HIGH);
        assertThat(message.getNumber()).isEqualTo(reply.getNumber());
    }

    private List<RoomSendItem> items(int count, RoomPriority priority) {
        return items("bob", count, priority);
    }

    private List<RoomSendItem> items(String userId, int count, RoomPriority priority) {
        return IntStream.range(0, count)
                .mapToObj(_ -> RoomWorld.item(userId, room, priority))
                .toList();
    }
}
