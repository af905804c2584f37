package im.magpie.service.pipeline;

import im.magpie.common.partition.Partitions;
import im.magpie.common.tracing.Tracing;
import im.magpie.common.tracing.TracingConfiguration;
import im.magpie.service.broker.StorePublisher;
import im.magpie.service.check.SendCheck;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.enrolment.NodesWithMembers;
import im.magpie.service.epoch.OldEpochs;
import im.magpie.service.index.IdleUsers;
import im.magpie.service.index.IdleUsersProperties;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Audiences;
import im.magpie.service.membership.EventPlaces;
import im.magpie.service.membership.Standings;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.watermark.Watermarks;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the pipeline, and lets its sweeper run. */
@Configuration(proxyBeanMethods = false)
@Import(TracingConfiguration.class)
@EnableConfigurationProperties({SubmitProperties.class, SweepProperties.class})
class PipelineConfiguration {

    @Bean
    MessageTraces messageTraces(Tracing tracing) {
        return new MessageTraces(tracing);
    }

    @Bean
    Finishing finishing(ConversationLog conversations) {
        return new Finishing(conversations);
    }

    @Bean
    Settlement settlement(
            StorePublisher store,
            ConversationLog conversations,
            EventPlaces places,
            Audiences audiences,
            UserIndexes indexes,
            Watermarks watermarks,
            NodesWithMembers nodes,
            PushPublisher pushes,
            Finishing finishing,
            SubmitProperties properties,
            MessageTraces traces) {
        return new Settlement(
                store,
                conversations,
                places,
                audiences,
                indexes,
                watermarks,
                nodes,
                pushes,
                finishing,
                properties,
                traces);
    }

    @Bean
    Submission submission(
            ConversationLog conversations,
            Settlement settlement,
            Standings standings,
            SubmitProperties properties,
            MessageTraces traces) {
        return new Submission(conversations, settlement, standings, properties, traces);
    }

    @Bean
    Readmission readmission(SendCheck check, Submission submission) {
        return new Readmission(check, submission);
    }

    @Bean
    Sweeper sweeper(
            ConversationLog conversations,
            Settlement settlement,
            StorePublisher store,
            Partitions partitions,
            SubmitProperties submit,
            SweepProperties properties,
            MeterRegistry registry) {
        return new Sweeper(conversations, settlement, store, partitions, submit, properties, registry);
    }

    @Bean(initMethod = "start")
    Recurring sweeping(Sweeper sweeper, SweepProperties properties) {
        return new Recurring("sweeper", properties.interval(), sweeper::sweep);
    }

    @Bean
    Housekeeping housekeeping(
            ConversationLog conversations, OldEpochs oldEpochs, IdleUsers idleUsers, Partitions partitions) {
        return new Housekeeping(conversations, oldEpochs, idleUsers, partitions);
    }

    @Bean(initMethod = "start")
    Recurring tidying(Housekeeping housekeeping, SweepProperties properties) {
        return new Recurring("housekeeping", properties.tidyInterval(), housekeeping::tidy);
    }

    @Bean(initMethod = "start")
    Recurring lettingIdleUsersGo(Housekeeping housekeeping, IdleUsersProperties properties) {
        return new Recurring("idle-users", properties.interval(), housekeeping::letIdleUsersGo);
    }
}
