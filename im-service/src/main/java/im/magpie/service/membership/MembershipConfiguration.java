package im.magpie.service.membership;

import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.cache.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MembershipConfiguration {

    @Bean
    Rosters rosters(RosterMapper mapper, Database database) {
        return new Rosters(mapper, database);
    }

    @Bean
    Audiences audiences(Rosters rosters) {
        return new Audiences(rosters);
    }

    @Bean
    Standings standings(RosterMapper mapper, Database database) {
        return new Standings(mapper, database);
    }

    @Bean
    EventPlaces eventPlaces(RosterMapper mapper, Database database) {
        return new EventPlaces(mapper, database);
    }

    @Bean
    StoredEvents storedEvents(RosterMapper mapper, Database database, EventPlaces places, MessageHistory history) {
        return new StoredEvents(mapper, database, places, history);
    }

    @Bean
    Extents extents(RosterMapper mapper, Database database) {
        return new Extents(mapper, database);
    }

    @Bean
    UserGroups userGroups(RosterMapper mapper, Database database, MeterRegistry registry) {
        return new UserGroups(mapper, database, registry);
    }
}
