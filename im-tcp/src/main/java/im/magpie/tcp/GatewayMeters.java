package im.magpie.tcp;

import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.group.GroupIndex;
import im.magpie.tcp.room.RoomIndex;
import im.magpie.tcp.timeline.Marking;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What can be read off the parts of a node at any time. */
record GatewayMeters(Connections connections, Marking marking, GroupIndex groups, RoomIndex rooms)
        implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("magpie.gateway.sessions", connections, Connections::count)
                .description("Connections that pushes may be for: those that have logged in, or are about to")
                .baseUnit("sessions")
                .register(registry);
        Gauge.builder("magpie.gateway.waiting.watermarks", marking, Marking::waiting)
                .description("Watermarks of READ and PUSH_ACK that wait for their call")
                .baseUnit("watermarks")
                .register(registry);
        Gauge.builder("magpie.gateway.groups", groups, GroupIndex::count)
                .description("Groups that have members here and of which the node gets one packet for all of them")
                .baseUnit("groups")
                .register(registry);
        Gauge.builder("magpie.gateway.rooms", rooms, RoomIndex::count)
                .description("Rooms that connections of the node are in, or about to enter")
                .baseUnit("rooms")
                .register(registry);
        Gauge.builder("magpie.gateway.room.visits", rooms, RoomIndex::visits)
                .description("Connections in rooms, each as often as it is in one")
                .baseUnit("visits")
                .register(registry);
    }
}
