package im.magpie.service.group;

import im.magpie.common.live.LiveSettings;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.pipeline.Recurring;
import im.magpie.service.pipeline.Submission;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.timeline.MessageReader;
import im.magpie.service.user.UserStates;
import im.magpie.service.watermark.Watermarks;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class GroupConfiguration {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(2);

    @Bean
    Supplier<GroupSettings> groupSettings(LiveSettings live) {
        return live.of(GroupSettings.class);
    }

    @Bean
    GroupTables groupTables(
            GroupMapper groups,
            GroupMemberMapper members,
            GroupChangeMapper changes,
            GroupRequestMapper requests,
            GroupLinkMapper links,
            MembershipMapper memberships) {
        return new GroupTables(groups, members, changes, requests, links, memberships);
    }

    @Bean
    GroupTimeline groupTimeline(GroupTables tables, Submission submission, RedisScripts scripts) {
        return new GroupTimeline(tables.changes(), submission, scripts::timeMillis);
    }

    @Bean(initMethod = "start")
    Recurring sweepingGroups(GroupTables tables, GroupTimeline timeline, RedisScripts scripts) {
        var sweep = new GroupSweep(tables.changes(), timeline, scripts::timeMillis);
        return new Recurring("group-sweep", BETWEEN_SWEEPS, sweep::sweep);
    }

    @Bean
    GroupLedger groupLedger(
            GroupTables tables,
            TransactionOperations transactions,
            RedisScripts scripts,
            Supplier<GroupSettings> settings) {
        return new GroupLedger(tables, transactions, settings, scripts::timeMillis);
    }

    @Bean
    Newcomers newcomers(UserStates users, Blacklist blacklist, GroupTables tables, Supplier<GroupSettings> settings) {
        return new Newcomers(users, blacklist, tables.groups(), settings);
    }

    @Bean
    GroupLinks groupLinks(
            GroupTables tables, GroupLedger ledger, RedisScripts scripts, Supplier<GroupSettings> settings) {
        return new GroupLinks(tables, ledger, settings, scripts::timeMillis);
    }

    @Bean
    GroupRequests groupRequests(
            GroupTables tables,
            UserIndexes indexes,
            PushPublisher pushes,
            RedisScripts scripts,
            Supplier<GroupSettings> settings) {
        return new GroupRequests(tables, indexes, pushes, settings, scripts::timeMillis);
    }

    @Bean
    GroupReaders groupReaders(
            GroupTables tables,
            ConversationLog conversations,
            MessageReader messages,
            Extents extents,
            Watermarks watermarks,
            Supplier<GroupSettings> settings) {
        return new GroupReaders(tables.members(), conversations, messages, extents, watermarks, settings);
    }

    @Bean
    GroupDepartures groupDepartures(GroupTables tables, GroupLedger ledger, GroupTimeline timeline) {
        return new GroupDepartures(tables, ledger, timeline);
    }

    @Bean
    GroupRecords groupRecords(GroupTables tables) {
        return new GroupRecords(tables);
    }

    @Bean
    GroupCommands groupCommands(
            GroupTables tables,
            GroupLedger ledger,
            GroupTimeline timeline,
            Newcomers newcomers,
            GroupRequests requests,
            GroupLinks links,
            GroupReaders readers,
            RedisScripts scripts) {
        return new GroupCommands(
                new GroupFounding(ledger, tables.groups(), newcomers, scripts::timeMillis),
                new GroupStaff(),
                new GroupDoor(newcomers, requests, links),
                requests,
                links,
                new GroupLists(tables.groups(), tables.members()),
                readers,
                ledger,
                timeline);
    }
}
