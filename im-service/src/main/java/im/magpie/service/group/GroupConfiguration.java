package im.magpie.service.group;

import im.magpie.common.live.LiveSettings;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.pipeline.Submission;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.user.UserStates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class GroupConfiguration {

    @Bean
    GroupTimeline groupTimeline(GroupChangeMapper changes, Submission submission, RedisScripts scripts) {
        return new GroupTimeline(changes, submission, scripts::timeMillis);
    }

    @Bean(initMethod = "start")
    GroupSweep groupSweep(GroupChangeMapper changes, GroupTimeline timeline, RedisScripts scripts) {
        return new GroupSweep(changes, timeline, scripts::timeMillis);
    }

    @Bean
    GroupCommands groupCommands(
            GroupMapper groups,
            GroupMemberMapper members,
            GroupChangeMapper changes,
            MembershipMapper rows,
            TransactionOperations transactions,
            UserStates users,
            Blacklist blacklist,
            GroupTimeline timeline,
            RedisScripts scripts,
            LiveSettings live) {
        var settings = live.of(GroupSettings.class);
        var ledger = new GroupLedger(groups, members, changes, rows, transactions, settings, scripts::timeMillis);
        var newcomers = new Newcomers(users, blacklist, groups, settings);
        return new GroupCommands(
                new GroupFounding(ledger, groups, newcomers, scripts::timeMillis),
                new GroupStaff(),
                new GroupDoor(newcomers),
                new GroupLists(groups, members),
                ledger,
                timeline);
    }
}
