package im.magpie.service.room;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.partition.Partitions;
import im.magpie.common.retention.RetentionSettings;
import im.magpie.common.rpc.RoomHistory;
import im.magpie.service.broker.StorePublisher;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.pipeline.SubmitProperties;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.rate.SendRates;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.user.UserStates;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class RoomConfiguration {

    @Bean
    Supplier<RoomSettings> roomSettings(LiveSettings live) {
        return live.of(RoomSettings.class);
    }

    @Bean
    RoomViews roomViews(
            RoomMapper rooms, RoomUserMapper users, Database database, CacheProperties properties, Ticker ticker) {
        return new RoomViews(rooms, users, database, properties, ticker);
    }

    @Bean
    RoomNodes roomNodes(PartitionScripts scripts, Partitions partitions) {
        return new RoomNodes(scripts, partitions);
    }

    @Bean
    RoomEvents roomEvents(RoomNodes nodes, RoomViews views, PushPublisher pushes) {
        return new RoomEvents(nodes, views, pushes);
    }

    @Bean
    RoomLedger roomLedger(
            RoomMapper rooms, RoomUserMapper users, TransactionOperations transactions, RedisScripts scripts) {
        return new RoomLedger(rooms, users, transactions, scripts::timeMillis);
    }

    @Bean
    RoomLists roomLists(RoomMapper rooms, RoomUserMapper users, RoomNodes nodes, RedisScripts scripts) {
        return new RoomLists(rooms, users, nodes, scripts::timeMillis);
    }

    @Bean
    RoomMemory roomMemory(RoomHistory history, RoomNodes nodes, RedisScripts scripts) {
        return new RoomMemory(history, new Arrivals(nodes, scripts::timeMillis));
    }

    @Bean
    RoomCommands roomCommands(
            RoomMapper rooms,
            RoomLedger ledger,
            RoomEvents events,
            RoomLists lists,
            RoomMemory memory,
            UserStates users,
            RedisScripts scripts,
            Supplier<RoomSettings> settings) {
        return new RoomCommands(
                new RoomFounding(rooms, users, settings, scripts::timeMillis),
                new RoomStaff(users, settings),
                ledger,
                events,
                lists,
                memory);
    }

    @Bean
    RoomDoor roomDoor(RoomViews views, RoomNodes nodes, RoomUserMapper users, RedisScripts scripts) {
        return new RoomDoor(views, nodes, users, scripts::timeMillis);
    }

    @Bean
    RoomMeters roomMeters(MeterRegistry registry) {
        return new RoomMeters(registry);
    }

    @Bean
    RoomSends roomSends(
            RoomViews views,
            RoomNodes nodes,
            RedisScripts scripts,
            Supplier<RoomSettings> settings,
            RoomMeters meters,
            StorePublisher store,
            Partitions partitions,
            PushPublisher pushes,
            RetentionSettings retention) {
        var floor = new RoomFloor(views, nodes, settings, scripts::timeMillis, meters);
        return new RoomSends(floor, store, partitions, pushes, retention);
    }

    @Bean
    RoomSpeech roomSpeech(
            RoomSends sends, UserStates users, SendRates rates, SubmitProperties properties, RoomMeters meters) {
        return new RoomSpeech(sends, users, rates, properties.maxContentBytes(), meters);
    }

    @Bean
    RoomTidy roomTidy(RoomUserMapper users, RedisScripts scripts) {
        return new RoomTidy(users, scripts::timeMillis);
    }

    @Bean
    RoomDepartures roomDepartures(
            RoomMapper rooms, RoomUserMapper users, RoomLedger ledger, RoomEvents events, RoomMemory memory) {
        return new RoomDepartures(rooms, users, ledger, events, memory);
    }

    @Bean
    RoomRecords roomRecords(RoomMapper rooms, RoomLists lists, RoomMemory memory) {
        return new RoomRecords(rooms, lists, memory);
    }
}
