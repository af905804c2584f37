package im.magpie.service.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GetGroup;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.blacklist.TestBlacklist;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.pipeline.Outcome;
import im.magpie.service.pipeline.World;
import im.magpie.service.request.Actor;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.user.TestUsers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Groups over a real database and the whole pipeline, of one app. */
final class GroupWorld implements AutoCloseable {

    static final String APP = "app";
    static final String BUSINESS_SYSTEM = "";
    static final GroupSettings SMALL = settings(5, 3, 2, 3);

    volatile GroupSettings settings;
    Duration later = Duration.ZERO;

    final World world;
    final TestUsers users;
    final Blacklist blacklist;
    final JdbcTemplate rows;
    final GroupTables tables;
    final GroupLedger ledger;
    final GroupTimeline timeline;
    final GroupLinks links;
    final GroupRequests requests;
    final GroupDepartures departures;
    final GroupCommands commands;
    final Extents extents;

    GroupWorld(TestRedis redis, TestDatabase database, GroupSettings settings) {
        this(redis, database, settings, Duration.ofSeconds(20));
    }

    /** @param patience of every call that appends an event */
    GroupWorld(TestRedis redis, TestDatabase database, GroupSettings settings, Duration patience) {
        this.settings = settings;
        world = new World(redis.client(), database, patience);
        users = new TestUsers(database, Ticker.systemTicker());
        blacklist = TestBlacklist.in(database, Ticker.systemTicker());
        rows = new JdbcTemplate(database.dataSource());
        tables = new GroupTables(
                database.mapper(GroupMapper.class),
                database.mapper(GroupMemberMapper.class),
                database.mapper(GroupChangeMapper.class),
                database.mapper(GroupRequestMapper.class),
                database.mapper(GroupLinkMapper.class),
                database.mapper(MembershipMapper.class));
        LongSupplier clock = () -> redis.scripts().timeMillis() + later.toMillis();
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        ledger = new GroupLedger(tables, transactions, () -> this.settings, clock);
        timeline = new GroupTimeline(tables.changes(), world.submission, clock);
        links = new GroupLinks(tables, ledger, () -> this.settings, clock);
        departures = new GroupDepartures(tables, ledger, timeline);
        extents = TestGroups.in(database).extents();
        var newcomers = new Newcomers(users.states(), blacklist, tables.groups(), () -> this.settings);
        requests = new GroupRequests(tables, world.indexes, world.pushes, () -> this.settings, clock);
        commands = new GroupCommands(
                new GroupFounding(ledger, tables.groups(), newcomers, clock),
                new GroupStaff(),
                new GroupDoor(newcomers, requests, links),
                requests,
                links,
                new GroupLists(tables.groups(), tables.members()),
                new GroupReaders(
                        tables.members(), world.log, world.messages, extents, world.watermarks, () -> this.settings),
                ledger,
                timeline);
    }

    /** Bounds of members, of a user's groups, and of both reaches. */
    static GroupSettings settings(int members, int groups, int indexed, int pushed) {
        return new GroupSettings(members, Map.of(), groups, Map.of(), indexed, pushed, 2, 2, Duration.ofHours(1), 5);
    }

    static UserKey user(String userId) {
        return new UserKey(APP, userId);
    }

    static GroupKey key(Group group) {
        return new GroupKey(APP, group.getGroupId());
    }

    static Member member(Group group, String userId) {
        return new Member(user(userId), group.getConversationId());
    }

    void people(String... userIds) {
        users.add(Stream.of(userIds).map(GroupWorld::user).toArray(UserKey[]::new));
    }

    /** Makes a group of users, who are imported on the way. */
    Group group(String owner, String... members) {
        return group(owner, wanted -> {}, members);
    }

    Group group(String owner, Consumer<CreateGroup.Builder> more, String... members) {
        people(owner);
        people(members);
        var wanted = CreateGroup.newBuilder().setName("friends").addAllMemberIds(List.of(members));
        more.accept(wanted);
        return call(owner, "", request -> request.setCreate(wanted)).getGroup();
    }

    /** Asks for an operation in somebody's name. */
    GroupReply call(String by, String groupId, Consumer<GroupRequest.Builder> operation) {
        var request = GroupRequest.newBuilder().setGroupId(groupId);
        operation.accept(request);
        return commands.reply(new Actor(APP, by), request.build());
    }

    GroupReply call(String by, Group group, Consumer<GroupRequest.Builder> operation) {
        return call(by, group.getGroupId(), operation);
    }

    /** Returns why an operation is refused. */
    ErrorCode refusal(String by, Group group, Consumer<GroupRequest.Builder> operation) {
        return refusal(() -> call(by, group, operation));
    }

    static ErrorCode refusal(Runnable operation) {
        var refusal = catchThrowableOfType(MagpieException.class, operation::run);
        assertThat(refusal).isNotNull();
        return refusal.code();
    }

    Group add(String by, Group group, String... userIds) {
        return call(by, group, request -> request.setAdd(AddMembers.newBuilder().addAllUserIds(List.of(userIds))))
                .getGroup();
    }

    /** Returns the group as the business system sees it. */
    Group now(Group group) {
        return call(BUSINESS_SYSTEM, group, request -> request.setGet(GetGroup.getDefaultInstance()))
                .getGroup();
    }

    List<String> members(Group group) {
        return tables.members().page(key(group), "", 1_000).stream()
                .map(MemberRow::userId)
                .toList();
    }

    /** Returns all that is in a group's timeline. */
    List<ChatMessage> timeline(Group group) {
        var head = world.log.head(key(group).conversation()).sequence();
        return head == 0
                ? List.of()
                : world.messages.next("", key(group).conversation(), 0, head).messages();
    }

    /** Returns the events in a group's timeline. */
    List<GroupEvent> events(Group group) {
        return timeline(group).stream()
                .map(message -> message.getContent().getGroupEvent())
                .filter(event -> event.getVersion() > 0)
                .toList();
    }

    List<GroupEvent.WhatCase> whatHappened(Group group) {
        return events(group).stream().map(GroupEvent::getWhatCase).toList();
    }

    /** Sends a message that has been checked, and returns its place. */
    long say(Group group, String userId, MessageContent content) {
        var outcome =
                world.submission.submit(List.of(offer(group, userId, content))).getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Settled.class);
        return ((Outcome.Settled) outcome).sequence();
    }

    long say(Group group, String userId) {
        return say(group, userId, Contents.text("hello"));
    }

    /** Returns a new message, checked against the group as it is. */
    Offer offer(Group group, String userId, MessageContent content) {
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis)));
        return new Offer(
                new MessageKey(key(group).conversation(), userId, id),
                content.toByteString(),
                Contents.target(content),
                content.getMentionedUserIdsList(),
                content.getMentionsAll(),
                now(group).getVersion(),
                Origin.NONE,
                Admission.BOUNDED,
                ByteString.EMPTY);
    }

    @Override
    public void close() throws InterruptedException {
        world.close();
    }
}
