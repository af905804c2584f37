package im.magpie.service.session;

import im.magpie.common.live.LiveSettings;
import im.magpie.common.partition.Partitions;
import im.magpie.service.device.DeviceLog;
import im.magpie.service.device.SignOuts;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.push.RouteLost;
import im.magpie.service.user.UserStates;
import im.magpie.service.usersig.Tokens;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionProperties.class)
class SessionConfiguration {

    @Bean
    SessionTable sessionTable(
            PartitionScripts scripts, Partitions partitions, SessionProperties properties, LiveSettings live) {
        return new SessionTable(scripts, partitions, properties, live.of(DeviceSettings.class));
    }

    /** A node that takes no pushes has lost its connections, or will announce them when it is back. */
    @Bean
    RouteLost routeLost(SessionTable sessions) {
        return sessions::lose;
    }

    @Bean
    Kicks kicks(PushPublisher pushes) {
        return new Kicks(pushes::publish);
    }

    @Bean
    Logins logins(
            Tokens tokens, UserStates users, SignOuts signOuts, SessionTable sessions, Kicks kicks, DeviceLog devices) {
        return new Logins(tokens, users, signOuts, sessions, kicks, devices);
    }

    @Bean
    Reconciliation reconciliation(
            SessionTable sessions, UserStates users, SignOuts signOuts, Kicks kicks, DeviceLog devices) {
        return new Reconciliation(sessions, users, signOuts, kicks, devices);
    }

    @Bean
    UserDevices userDevices(SessionTable sessions, DeviceLog devices, SignOuts signOuts, Kicks kicks) {
        return new UserDevices(sessions, devices, signOuts, kicks);
    }

    @Bean
    DisabledUsers disabledUsers(UserIndexes indexes, SessionTable sessions, Kicks kicks) {
        return new DisabledUsers(indexes, sessions, kicks);
    }
}
