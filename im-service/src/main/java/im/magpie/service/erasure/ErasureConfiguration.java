package im.magpie.service.erasure;

import im.magpie.common.database.Turn;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.group.GroupDepartures;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.pipeline.Submission;
import im.magpie.service.room.RoomDepartures;
import im.magpie.service.timeline.MessageReader;
import im.magpie.service.user.Users;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ErasureProperties.class)
class ErasureConfiguration {

    @Bean
    Erasures erasures(
            ErasureMapper mapper, Users users, TransactionOperations transactions, ErasureProperties properties) {
        return new Erasures(mapper, users, transactions, properties);
    }

    @Bean
    Turn erasureTurn(ErasureMapper mapper, TransactionOperations transactions) {
        return new Turn(mapper, transactions);
    }

    @Bean
    ErasureWalk erasureWalk(
            ErasureMapper mapper,
            Turn turn,
            GroupDepartures groups,
            RoomDepartures rooms,
            MembershipMapper memberships,
            Extents extents,
            ConversationLog conversations,
            MessageReader messages,
            SettingsTable settings,
            Submission submission) {
        return new ErasureWalk(
                mapper,
                turn,
                groups::leaveAll,
                rooms::forget,
                memberships,
                extents,
                conversations,
                messages,
                settings,
                submission::submit);
    }

    @Bean(initMethod = "start")
    ErasureWorker erasureWorker(
            ErasureMapper mapper, Turn turn, ErasureWalk walk, MeterRegistry registry, ErasureProperties properties) {
        return new ErasureWorker(mapper, turn, walk, new ErasureMeters(registry), properties);
    }
}
