package im.magpie.tcp.request;

import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.device.Devices;
import im.magpie.tcp.group.GroupCalls;
import im.magpie.tcp.heartbeat.Heartbeats;
import im.magpie.tcp.lane.Lanes;
import im.magpie.tcp.room.RoomCalls;
import im.magpie.tcp.room.RoomSends;
import im.magpie.tcp.send.SendChecks;
import im.magpie.tcp.send.Sends;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.timeline.Marking;
import im.magpie.tcp.timeline.Reading;
import im.magpie.tcp.timeline.Typing;
import im.magpie.tcp.timeline.TypingNotices;
import io.netty.util.concurrent.Ticker;

/** What all connections of a node share to have their requests answered. */
public record RequestHandlers(
        SendChecks checks,
        Lanes lanes,
        Heartbeats heartbeats,
        Reading reading,
        Marking marking,
        TypingNotices typing,
        Devices devices,
        GroupCalls groups,
        RoomCalls rooms,
        RoomSends.Shared roomSends,
        SessionEnds ends,
        RequestMeters meters,
        Tracing tracing) {

    /** Makes the handler of a connection that has logged in. */
    public RequestHandler of(Connection connection) {
        return new RequestHandler(
                connection,
                new Sends(connection, checks, lanes, meters.sends(), tracing),
                roomSends.of(connection),
                heartbeats.of(connection),
                new Typing(connection, typing, Ticker.systemTicker()),
                this);
    }
}
