package im.magpie.service.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.common.rpc.UnindexedGroup;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.membership.MembershipRow;
import im.magpie.service.membership.Reach;
import im.magpie.service.testing.GroupRows;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestSettings;
import im.magpie.service.testing.TestTimelines;
import im.magpie.service.watermark.Watermarks;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.unit.DataSize;

class SyncReaderTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final UserKey BOB = new UserKey("app", "bob");
    private static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_carol");
    private static final int MOST_ENTRIES = 3;

    private final MembershipMapper memberships = database.mapper(MembershipMapper.class);
    private final TestTimelines timelines = new TestTimelines(redis, (_, shapes) -> raise(shapes.keySet()));
    private final UserIndexes indexes = new UserIndexes(timelines.scripts(), TestTimelines.PARTITIONS, memberships);
    private final TestGroups groups = TestGroups.in(database);
    private final Watermarks watermarks = new Watermarks(timelines.scripts(), TestTimelines.PARTITIONS, memberships);
    private final SyncReader reader = reader(groups);

    @Test
    void whoHasNoConversationsHasAnEmptyWholeList() {
        var reply = sync(ALICE, SyncRequest.getDefaultInstance());

        assertThat(reply.getFull()).isTrue();
        assertThat(reply.getMore()).isFalse();
        assertThat(reply.getConversationsList()).isEmpty();
        assertThat(reply.getVersion().getEpoch()).isPositive();
    }

    @Test
    void aGroupThatAUserWasNeverInKeepsNobodyFromHisList() {
        timelines.settle(timelines.accept(TALK, 1));
        store(ALICE, TALK, 1, 1, 1);
        store(ALICE, new ConversationKey("app", "group_ghost"), 1, 1, 1);

        assertThat(sync(ALICE, SyncRequest.getDefaultInstance()).getConversationsList())
                .extracting(ConversationEntry::getConversationId)
                .containsExactly(TALK.conversationId());
    }

    @Test
    void anEntrySaysHowFarTheConversationAndBothSidesAre() {
        timelines.settle(timelines.accept(TALK, 5));
        store(ALICE, TALK, 5, 4, 3);
        store(BOB, TALK, 2, 1, 1);

        assertThat(sync(ALICE, SyncRequest.getDefaultInstance()).getConversationsList())
                .containsExactly(ConversationEntry.newBuilder()
                        .setConversationId(TALK.conversationId())
                        .setNewestSequence(5)
                        .setNewestOrdinal(5)
                        .setDeliveredSequence(5)
                        .setReadSequence(4)
                        .setReadOrdinal(3)
                        .setPeerDeliveredSequence(2)
                        .setPeerReadSequence(1)
                        .build());
        assertThat(sync(BOB, SyncRequest.getDefaultInstance()).getConversations(0))
                .satisfies(entry -> assertThat(entry.getReadSequence()).isEqualTo(1))
                .satisfies(entry -> assertThat(entry.getPeerReadSequence()).isEqualTo(4));
    }

    @Test
    void whatIsNotSettledIsNotShown() {
        timelines.settle(timelines.accept(TALK, 2));
        timelines.accept(TALK, 3);

        assertThat(sync(ALICE, SyncRequest.getDefaultInstance())
                        .getConversations(0)
                        .getNewestSequence())
                .isEqualTo(2);
    }

    @Test
    void aDeviceHearsOfWhatChangedSinceItsVersion() {
        timelines.settle(timelines.accept(TALK, 1));
        timelines.settle(timelines.accept(OTHER, 1));
        var known = sync(ALICE, SyncRequest.getDefaultInstance()).getVersion();
        assertThat(since(known).getConversationsList()).isEmpty();

        timelines.settle(timelines.accept(TALK, 1));

        var reply = since(known);
        assertThat(reply.getFull()).isFalse();
        assertThat(ids(reply)).containsExactly(TALK.conversationId());
        assertThat(reply.getConversations(0).getNewestSequence()).isEqualTo(2);
        assertThat(since(reply.getVersion()).getConversationsList()).isEmpty();
    }

    @Test
    void nobodyHearsOfOthersConversations() {
        timelines.settle(timelines.accept(OTHER, 1));

        assertThat(sync(BOB, SyncRequest.getDefaultInstance()).getConversationsList())
                .isEmpty();
    }

    @Test
    void aPageIsAsLongAsTheDeviceAsksForAndNoLongerThanTheServerWants() {
        for (var peer : List.of("b", "c", "d", "e", "f")) {
            timelines.settle(timelines.accept(new ConversationKey("app", "private_alice_" + peer), 1));
        }
        var first = sync(ALICE, SyncRequest.newBuilder().setLimit(2).build());
        var second = sync(
                ALICE,
                SyncRequest.newBuilder()
                        .setSince(first.getVersion())
                        .setLimit(1_000)
                        .build());

        assertThat(first.getMore()).isTrue();
        assertThat(ids(first)).containsExactly("private_alice_b", "private_alice_c");
        assertThat(second.getMore()).isFalse();
        assertThat(ids(second)).containsExactly("private_alice_d", "private_alice_e", "private_alice_f");
        assertThat(sync(ALICE, SyncRequest.getDefaultInstance()).getConversationsList())
                .hasSize(MOST_ENTRIES);
    }

    @Test
    void afterTheLossOfRedisTheWholeListComesFromTheDatabaseAndTheStore() {
        memberships.insertMissing(List.of(new Member(ALICE, TALK.conversationId())));
        var messages = timelines.accept(TALK, 3);
        timelines.settle(messages);
        timelines.commit(messages);
        store(ALICE, TALK, 3, 2, 2);
        var known = sync(ALICE, SyncRequest.getDefaultInstance()).getVersion();
        redis.flush();

        var reply = since(known);

        assertThat(reply.getFull()).isTrue();
        assertThat(reply.getVersion().getEpoch()).isGreaterThan(known.getEpoch());
        assertThat(reply.getConversations(0).getNewestSequence()).isEqualTo(3);
        assertThat(reply.getConversations(0).getReadSequence()).isEqualTo(2);
    }

    @Test
    void whatAnEpochStoredWithoutSettlingItIsShownBehindIt() {
        memberships.insertMissing(List.of(new Member(ALICE, TALK.conversationId())));
        timelines.settle(timelines.accept(OTHER, 1));
        timelines.accept(TALK, 1).forEach(timelines.store()::store);
        var known = sync(ALICE, SyncRequest.getDefaultInstance()).getVersion();
        redis.flush();

        var reply = since(known);

        assertThat(reply.getConversationsList())
                .filteredOn(entry -> entry.getConversationId().equals(TALK.conversationId()))
                .extracting(ConversationEntry::getNewestSequence)
                .containsExactly(1L);
    }

    @Test
    void theLastPageAddsTheGroupsOfWhichTheIndexSaysNothing() {
        var rows = new GroupRows(database, new GroupKey("app", "large"));
        var version = rows.change(Reach.PUSHED, List.of("alice"), List.of());
        timelines.settle(timelines.accept(OTHER, 1));

        var outcome = reader.sync(
                ALICE,
                SyncRequest.newBuilder()
                        .setSince(sync(ALICE, SyncRequest.getDefaultInstance()).getVersion())
                        .build());

        assertThat(ids(outcome.getReply())).containsExactly("group_large");
        assertThat(outcome.getGroupsIncomplete()).isFalse();
        assertThat(outcome.getGroupsList())
                .containsExactly(UnindexedGroup.newBuilder()
                        .setConversationId("group_large")
                        .setVersion(version)
                        .build());
        assertThat(reader.sync(BOB, SyncRequest.getDefaultInstance()).getGroupsList())
                .isEmpty();
    }

    @Test
    void whileTheDatabaseIsAwayWhatItAloneKnowsIsLeftOutAndComesAgain() {
        new GroupRows(database, new GroupKey("app", "small")).change(Reach.INDEXED, List.of("alice"), List.of());
        timelines.settle(timelines.accept(TALK, 1));
        raise(List.of(TALK));
        var small = List.of(new Touch(ALICE, "group_small"));
        indexes.raise(small);
        var both = List.of(new Member(ALICE, TALK.conversationId()), new Member(BOB, TALK.conversationId()));
        watermarks.begin(both, 1, 1);
        watermarks.begin(List.of(new Member(ALICE, "group_small")), 1, 1);
        var has = new AtomicReference<>(
                sync(ALICE, SyncRequest.getDefaultInstance()).getVersion());
        raise(List.of(TALK));
        indexes.raise(small);
        // Of the group it knows nothing.
        var elsewhere = reader(TestGroups.in(database));

        database.stoppedDuring(() -> {
            var page = elsewhere.sync(ALICE, syncSince(has.get())).getReply();
            assertThat(ids(page)).containsExactly(TALK.conversationId());
            assertThat(page.getMore()).isFalse();
            has.set(page.getVersion());
        });

        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                ids(elsewhere.sync(ALICE, syncSince(has.get())).getReply()))
                        .containsExactly("group_small"));
    }

    private static SyncRequest syncSince(IndexVersion version) {
        return SyncRequest.newBuilder().setSince(version).build();
    }

    private SyncReader reader(TestGroups of) {
        return new SyncReader(
                indexes,
                timelines.log(),
                of.extents(),
                of.userGroups(),
                watermarks,
                TestSettings.table(timelines, database),
                new NewestMessages(
                        new MessageReader(timelines.log(), new StoredRanges(timelines.store()), _ -> 0),
                        new TimelineProperties(MOST_ENTRIES, 400, DataSize.ofKilobytes(64), 3)),
                new TimelineProperties(MOST_ENTRIES, 400, DataSize.ofKilobytes(64), 3));
    }

    private void raise(Collection<ConversationKey> conversations) {
        indexes.raise(conversations.stream()
                .flatMap(conversation ->
                        Members.of(conversation).stream().map(user -> new Touch(user, conversation.conversationId())))
                .toList());
    }

    private void store(UserKey user, ConversationKey conversation, long delivered, long read, long ordinal) {
        memberships.raise(List.of(new MembershipRow(
                user.appId(), user.userId(), conversation.conversationId(), delivered, read, ordinal, 0)));
    }

    private SyncReply since(IndexVersion version) {
        return sync(ALICE, syncSince(version));
    }

    private SyncReply sync(UserKey user, SyncRequest request) {
        return reader.sync(user, request).getReply();
    }

    private static List<String> ids(SyncReply reply) {
        return reply.getConversationsList().stream()
                .map(ConversationEntry::getConversationId)
                .toList();
    }
}
