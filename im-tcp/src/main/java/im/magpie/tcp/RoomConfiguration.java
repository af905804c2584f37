package im.magpie.tcp;

import im.magpie.common.live.LiveSettings;
import im.magpie.common.rpc.Rooms;
import im.magpie.tcp.node.Incarnation;
import im.magpie.tcp.room.RoomCalls;
import im.magpie.tcp.room.RoomIndex;
import im.magpie.tcp.room.RoomLanes;
import im.magpie.tcp.room.RoomMeters;
import im.magpie.tcp.room.RoomSends;
import im.magpie.tcp.room.RoomSettings;
import im.magpie.tcp.room.RoomWork;
import im.magpie.tcp.send.SendChecks;
import im.magpie.tcp.session.ServerClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Ticker;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Rooms. */
@Configuration(proxyBeanMethods = false)
class RoomConfiguration {

    @Bean
    Supplier<RoomSettings> roomSettings(LiveSettings live) {
        return live.of(RoomSettings.class);
    }

    @Bean
    RoomMeters roomMeters(MeterRegistry registry) {
        return new RoomMeters(registry);
    }

    @Bean
    RoomIndex roomIndex(Supplier<RoomSettings> settings, RoomMeters meters) {
        return new RoomIndex(settings, meters);
    }

    @Bean
    RoomCalls roomCalls(GatewayProperties properties, Rooms rooms, RoomIndex index) {
        return new RoomCalls(properties.roomWork(), rooms, index);
    }

    @Bean
    RoomLanes roomLanes(GatewayProperties properties, Rooms rooms, RoomMeters meters) {
        return new RoomLanes(properties.roomWork(), rooms, meters);
    }

    @Bean
    RoomSends.Shared roomSends(
            SendChecks checks, RoomIndex index, RoomLanes lanes, Supplier<RoomSettings> settings, RoomMeters meters) {
        return new RoomSends.Shared(checks, index, lanes, settings, meters, Ticker.systemTicker());
    }

    @Bean
    RoomWork roomWork(
            GatewayProperties properties,
            RoomIndex index,
            Rooms rooms,
            Incarnation incarnation,
            ServerClock clock,
            RoomMeters meters) {
        return new RoomWork(properties.roomWork(), index, rooms, incarnation.name(), clock, meters);
    }
}
