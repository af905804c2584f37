package im.magpie.client.room;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LeaveRoom;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomSendRequest;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that this device is in or wants to be in: enters them over every new connection, hands on what is said in them, and says what the user has to
 * say. Used by the client's loop only.
 */
public final class Visits implements LinkUser, AutoCloseable {

    final EventLoop loop;
    final Timings timings;
    final RoomThread thread = new RoomThread();
    final Sayings sayings = new Sayings(this);
    private final String userId;
    private final Map<String, Visit> visits = new LinkedHashMap<>();
    private final Set<String> leavingUnasked = new HashSet<>();
    private @Nullable Link link;

    /** @param userId whose device it is */
    public Visits(EventLoop loop, String userId, Timings timings) {
        this.loop = loop;
        this.userId = userId;
        this.timings = timings;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        visits.values().forEach(Visit::ask);
        sayings.offerAll();
    }

    @Override
    public void offline() {
        link = null;
        leavingUnasked.clear();
        visits.values().forEach(Visit::offline);
        sayings.offline();
    }

    @Nullable
    Link link() {
        return link;
    }

    @Nullable
    Visit visit(String roomId) {
        return visits.get(roomId);
    }

    /**
     * Enters a room.
     *
     * @param answered takes RoomOk, or the failure for which the device is not in it
     */
    public void enter(String roomId, RoomListener listener, Consumer<Reply> answered) {
        visits.computeIfAbsent(roomId, id -> new Visit(id, this)).enter(listener, answered);
    }

    /** The device is no longer in a room, and has yet to tell the server. */
    public void leave(String roomId) {
        drop(roomId, Link.failure(ErrorCode.NOT_IN_ROOM, "the device has left the room"));
    }

    /** The server knows that the device has left a room. */
    public void hasLeft(String roomId) {
        leavingUnasked.remove(roomId);
        var again = visits.get(roomId);
        if (again != null) {
            // Which of the two the server has done last is not known.
            again.doubt();
        }
    }

    /**
     * Says something.
     *
     * @param answered takes the server's last word: RoomSendOk, or a failure; BUSY at once when too many wait
     */
    public void send(RoomSendRequest message, Consumer<Reply> answered) {
        sayings.add(message, answered);
    }

    public void pushed(RoomPush push) {
        push.getMessagesList().forEach(this::pushed);
    }

    private void pushed(RoomMessage message) {
        var roomId = message.getRoomId();
        var visit = visits.get(roomId);
        if (visit == null) {
            leaveUnasked(roomId);
            return;
        }
        visit.hear(message);
        if (message.getEvent().hasClosed()) {
            out(visit, Link.failure(ErrorCode.ROOM_CLOSED, "the room was closed"));
        } else if (message.getEvent().getUser().getBannedUntil() != 0
                && message.getEvent().getUser().getUserId().equals(userId)) {
            out(visit, Link.failure(ErrorCode.BANNED, "banned from the room"));
        }
    }

    /** The server takes the device for being in a room where it does not want to be: an answer was late, or lost. */
    void leaveUnasked(String roomId) {
        var from = link;
        if (from != null && leavingUnasked.add(roomId)) {
            var request = RoomRequest.newBuilder()
                    .setRoomId(roomId)
                    .setLeave(LeaveRoom.getDefaultInstance())
                    .build();
            from.request(id -> new Request.Room(id, request), timings.reply(), _ -> {
                if (from == link) {
                    hasLeft(roomId);
                }
            });
        }
    }

    /** The server does not let the device be in a room. */
    void out(Visit visit, Reply.Failure why) {
        drop(visit.roomId(), why);
        visit.tellOut(why.code());
    }

    /** Whoever waits for a room hears why he does so in vain. */
    void drop(String roomId, Reply.Failure why) {
        var visit = visits.remove(roomId);
        if (visit != null) {
            visit.answer(why);
            sayings.refuse(roomId, why);
        }
    }

    /** Tells everybody who waits that there will be no answer, and is in no room any more. */
    public void abandon(Reply.Failure why) {
        List.copyOf(visits.keySet()).forEach(id -> drop(id, why));
        sayings.abandon(why);
    }

    /** Tells the listeners nothing more but what waits. */
    @Override
    public void close() {
        thread.close();
    }
}
