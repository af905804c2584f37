package im.magpie.service.group;

import static im.magpie.service.testing.TestService.ADMIN;
import static im.magpie.service.testing.TestService.userSig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.common.rpc.SubmitOutcome.State;
import im.magpie.common.user.UserKey;
import im.magpie.service.membership.Member;
import im.magpie.service.pipeline.MessagesProvider;
import im.magpie.service.pipeline.StoreQueueReader;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestService;
import im.magpie.service.testing.TestService.Answer;
import im.magpie.service.timeline.SyncReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import tools.jackson.databind.JsonNode;

/** Groups over HTTP, in the service as it is deployed. */
class GroupHttpTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String ALICE = userSig("alice");
    private static final String BOB = userSig("bob");
    private static final String CAROL = userSig("carol");

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
                "--im.service.groups.index-max-members=2");
        store = new StoreQueueReader(connections, TestService.store());
    }

    @AfterEach
    void close() throws InterruptedException {
        store.close();
        service.close();
        connections.destroy();
    }

    @Test
    void everyOperationHasItsRoute() {
        people("alice", "bob", "carol", "dave");
        var made = ok(service.call("PUT", "/v1/groups/team", ALICE, "{\"name\":\"the team\",\"memberIds\":[\"bob\"]}"));
        assertThat(made.path("conversationId").asString()).isEqualTo("group_team");
        assertThat(ok(service.call("PATCH", "/v1/groups/team", ALICE, "{\"announcement\":\"hello\"}"))
                        .path("name")
                        .asString())
                .isEqualTo("the team");
        assertThat(ok(service.call("GET", "/v1/groups/team", BOB))
                        .path("announcement")
                        .asString())
                .isEqualTo("hello");

        ok(service.call("POST", "/v1/groups/team/members", BOB, "{\"userIds\":[\"carol\"]}"));
        ok(service.call("PUT", "/v1/groups/team/members/carol/role", ALICE, "{\"role\":\"ADMIN\"}"));
        ok(service.call("PUT", "/v1/groups/team/members/bob/mute", CAROL, "{\"seconds\":60}"));
        ok(service.call("PUT", "/v1/groups/team/members/bob/nickname", BOB, "{\"nickname\":\"bobby\"}"));
        var members = ok(service.call("GET", "/v1/groups/team/members?limit=2", ALICE));
        assertThat(members.path("more").asBoolean()).isTrue();
        assertThat(members.path("members").get(1).path("nickname").asString()).isEqualTo("bobby");
        assertThat(members.path("members").get(1).path("mutedUntil").asLong()).isPositive();
        assertThat(userIds(ok(service.call("GET", "/v1/groups/team/members?after=bob", ALICE))))
                .containsExactly("carol");
        ok(service.call("DELETE", "/v1/groups/team/members/bob", CAROL));
        ok(service.call("DELETE", "/v1/groups/team/members/carol", CAROL));
        assertThat(userIds(ok(service.call("GET", "/v1/groups/team/members", ADMIN))))
                .containsExactly("alice");

        assertThat(ok(service.call("POST", "/v1/groups/team/join", BOB, "{\"message\":\"please\"}"))
                        .path("joined")
                        .asBoolean(false))
                .isFalse();
        assertThat(ok(service.call("GET", "/v1/groups/team/requests", ALICE))
                        .path("requests")
                        .get(0)
                        .path("message")
                        .asString())
                .isEqualTo("please");
        assertThat(ok(service.call("GET", "/v1/users/bob/group-requests", BOB))
                        .path("requests")
                        .get(0)
                        .path("state")
                        .asString())
                .isEqualTo("ASKED");
        assertThat(service.call("GET", "/v1/users/bob/group-requests", CAROL).code())
                .isEqualTo("FORBIDDEN");
        ok(service.call("POST", "/v1/groups/team/requests/bob", ALICE, "{\"accept\":true}"));
        var link = ok(service.call("POST", "/v1/groups/team/links", ALICE, ""));
        var token = link.path("token").asString();
        assertThat(ok(service.call("POST", "/v1/join", CAROL, "{\"token\":\"%s\"}".formatted(token)))
                        .path("joined")
                        .asBoolean())
                .isTrue();
        ok(service.call("DELETE", "/v1/groups/team/links/" + token, ALICE));
        assertThat(service.call("POST", "/v1/join", userSig("dave"), "{\"token\":\"%s\"}".formatted(token))
                        .code())
                .isEqualTo("NOT_FOUND");

        var sequence = say("team", "bob");
        var readers = ok(service.call("GET", "/v1/groups/team/messages/%d/readers".formatted(sequence), CAROL));
        assertThat(readers.path("read").get(0).asString()).isEqualTo("bob");
        assertThat(readers.path("unread").size()).isEqualTo(2);

        assertThat(ok(service.call("POST", "/v1/groups/team/transfer", ALICE, "{\"userId\":\"bob\"}"))
                        .path("ownerId")
                        .asString())
                .isEqualTo("bob");
        assertThat(ok(service.call("GET", "/v1/users/alice/groups?after=tea", ADMIN))
                        .path("groups")
                        .get(0)
                        .path("self")
                        .path("role")
                        .asString())
                .isEqualTo("ADMIN");
        assertThat(service.call("GET", "/v1/users/alice/groups", BOB).code()).isEqualTo("FORBIDDEN");
        assertThat(ok(service.call("DELETE", "/v1/groups/team", BOB))
                        .path("dissolved")
                        .asBoolean())
                .isTrue();
        ok(service.call("DELETE", "/v1/groups/team", BOB));
        assertThat(service.call("DELETE", "/v1/groups/team", ALICE).status()).isEqualTo(403);
    }

    @Test
    void oneAddressTakesBothWhatMakesAGroupAndWhateverTheCommandTakes() {
        people("alice", "bob");
        var made = ok(service.call("POST", "/v1/groups", ALICE, "{\"name\":\"friends\"}"));
        var groupId = made.path("groupId").asString();
        assertThat(groupId).hasSize(16);
        var reply = ok(service.call("POST", "/v1/groups", ALICE, """
            {"groupId":"%s","add":{"userIds":["bob"]}}\
            """.formatted(groupId)));
        assertThat(reply.path("group").path("memberCount").asInt()).isEqualTo(2);
        assertThat(service.call("POST", "/v1/groups", ALICE, "{").code()).isEqualTo("MALFORMED_BODY");
        assertThat(service.call("POST", "/v1/groups", ALICE, "{}").code()).isEqualTo("INVALID_REQUEST");
        assertThat(service.call("GET", "/v1/groups/nothing", ALICE).status()).isEqualTo(404);
    }

    @Test
    void theBusinessSystemImportsMembersManyAtOnce() {
        people("alice");
        ok(service.call("PUT", "/v1/groups/large", ADMIN, "{\"name\":\"large\",\"ownerId\":\"alice\"}"));
        var ids = IntStream.range(0, 600).mapToObj(i -> "user-" + i).toList();
        ids.forEach(this::people);

        var body = ids.stream().collect(Collectors.joining("\",\"", "{\"userIds\":[\"", "\"]}"));
        assertThat(ok(service.call("POST", "/v1/groups/large/members", ADMIN, body))
                        .path("memberCount")
                        .asInt())
                .isEqualTo(601);
        var tooMany = IntStream.range(0, 1_001)
                .mapToObj(i -> "u" + i)
                .collect(Collectors.joining("\",\"", "{\"userIds\":[\"", "\"]}"));
        assertThat(service.call("POST", "/v1/groups/large/members", ADMIN, tooMany)
                        .code())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void anExportHasWhatItsUserMayRead() {
        people("alice", "brian", "cecil");
        ok(service.call("PUT", "/v1/groups/exported", ALICE, "{\"name\":\"team\",\"joinPolicy\":\"APPROVAL\"}"));
        say("exported", "alice", "before brian");
        ok(service.call("POST", "/v1/groups/exported/members", ALICE, "{\"userIds\":[\"brian\"]}"));
        say("exported", "alice", "while brian is there");
        ok(service.call("DELETE", "/v1/groups/exported/members/brian", userSig("brian")));
        say("exported", "alice", "after brian");
        ok(service.call("POST", "/v1/groups/exported/members", ALICE, "{\"userIds\":[\"brian\"]}"));
        ok(service.call("POST", "/v1/groups/exported/join", userSig("cecil"), "{\"message\":\"let cecil in\"}"));

        var bobs = export("/v1/users/brian/export");
        assertThat(bobs).contains("{\"end\":", "while brian is there").doesNotContain("before brian", "after brian");
        assertThat(lines(bobs, "group")).hasSize(1);
        assertThat(lines(bobs, "conversation")).hasSize(1);
        assertThat(lines(bobs, "message")).hasSize(4);
        assertThat(lines(export("/v1/users/cecil/export"), "joinRequest")).hasSize(1);
        assertThat(export("/v1/conversations/group_exported/export"))
                .contains("before brian", "after brian", "{\"end\":", "\"groupEvent\"");
    }

    @Test
    void whoIsErasedLeavesAndTakesBackWhatHeHasSaid() {
        people("zoe", "bob");
        ok(service.call("PUT", "/v1/groups/passed", userSig("zoe"), "{\"name\":\"team\",\"memberIds\":[\"bob\"]}"));
        say("passed", "zoe", "a secret");
        say("passed", "bob", "what bob says");
        ok(service.call("POST", "/v1/groups/passed/transfer", userSig("zoe"), "{\"userId\":\"bob\"}"));
        ok(service.call("DELETE", "/v1/groups/passed/members/zoe", userSig("zoe")));
        ok(service.call("POST", "/v1/groups/passed/members", BOB, "{\"userIds\":[\"zoe\"]}"));
        say("passed", "zoe", "another secret");
        ok(service.call("POST", "/v1/groups/passed/transfer", BOB, "{\"userId\":\"zoe\"}"));

        assertThat(service.call("DELETE", "/v1/users/zoe", ADMIN).status()).isEqualTo(202);
        await().until(() -> service.call("GET", "/v1/users/zoe/erasure", ADMIN)
                .body()
                .path("state")
                .asString()
                .equals("ERASED"));

        var group = ok(service.call("GET", "/v1/groups/passed", BOB));
        assertThat(group.path("ownerId").asString()).isEqualTo("bob");
        assertThat(group.path("memberCount").asInt()).isEqualTo(1);
        assertThat(export("/v1/users/bob/export")).contains("what bob says").doesNotContain("secret");
    }

    @Test
    void theListOfConversationsSaysWhoAsksAndWhereEverybodyIsCalled() {
        people("alice", "bob", "carol", "dave");
        var settings = "{\"name\":\"team\",\"memberIds\":[\"bob\",\"carol\"]}";
        ok(service.call("PUT", "/v1/groups/listed", ALICE, settings));
        ok(service.call("POST", "/v1/groups/listed/join", userSig("dave"), ""));
        var call = Contents.text("hear, all!").toBuilder().setMentionsAll(true).build();
        var place = say("listed", "alice", call);

        assertThat(entry("alice").getJoinRequests()).isEqualTo(1);
        assertThat(entry("bob").getJoinRequests()).isZero();
        assertThat(entry("bob").getMentionedSequence()).isEqualTo(place);
        assertThat(submit("listed", "bob", call).getError()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    private ConversationEntry entry(String userId) {
        var member = new Member(new UserKey(TestService.APP.id(), userId), "group_listed");
        return service.bean(SyncReader.class).entries(List.of(member)).getFirst();
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

    private static List<String> userIds(JsonNode page) {
        return StreamSupport.stream(page.path("members").spliterator(), false)
                .map(member -> member.path("userId").asString())
                .toList();
    }

    private String export(String path) {
        return service.exchange("GET", path, ADMIN, "").body();
    }

    private static Stream<String> lines(String export, String kind) {
        return export.lines().filter(line -> line.startsWith("{\"" + kind + "\":"));
    }

    private long say(String groupId, String userId) {
        return say(groupId, userId, "hello");
    }

    private long say(String groupId, String userId, String text) {
        return say(groupId, userId, Contents.text(text));
    }

    private long say(String groupId, String userId, MessageContent content) {
        var outcome = submit(groupId, userId, content);
        assertThat(outcome.getState()).isEqualTo(State.SETTLED);
        return outcome.getSequence();
    }

    private SubmitOutcome submit(String groupId, String userId, MessageContent content) {
        var version = ok(service.call("GET", "/v1/groups/" + groupId, ADMIN))
                .path("version")
                .asLong();
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis)));
        var item = SubmitItem.newBuilder()
                .setAppId(TestService.APP.id())
                .setSenderId(userId)
                .setConversationId("group_" + groupId)
                .setClientMessageId(id)
                .setShapeVersion(version)
                .setContent(content.toByteString());
        return service.bean(MessagesProvider.class)
                .submit(SubmitBatch.newBuilder().addItems(item).build())
                .getOutcomes(0);
    }
}
