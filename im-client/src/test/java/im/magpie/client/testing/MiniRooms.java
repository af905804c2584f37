package im.magpie.client.testing;

import im.magpie.client.RequestFailedException;
import im.magpie.codec.packet.Push;
import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPage;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.codec.protocol.RoomUserPage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rooms of {@link MiniMagpie}: who is in them, and what was said. It looks at no rights but the most simple ones. */
final class MiniRooms {

    private static final class State {

        private Room room;
        private final Map<String, RoomUser> users = new TreeMap<>();
        private final Set<MiniSession> present = new LinkedHashSet<>();
        private final List<RoomMessage> said = new ArrayList<>();

        private State(Room room) {
            this.room = room;
        }
    }

    private final Map<String, State> rooms = new TreeMap<>();

    synchronized void gone(MiniSession session) {
        rooms.values().forEach(state -> state.present.remove(session));
    }

    synchronized RoomReply reply(MiniSession from, RoomRequest request) {
        if (request.hasCreate()) {
            var room = Room.newBuilder()
                    .setRoomId(request.getRoomId())
                    .setName(request.getCreate().getName())
                    .setKeepDays(request.getCreate().getKeepDays())
                    .setOwnerId(from.userId());
            rooms.putIfAbsent(request.getRoomId(), new State(room.build()));
        }
        var state = require(request.getRoomId());
        return switch (request.getOperationCase()) {
            case CREATE, GET -> shown(state);
            case CHANGE -> change(from, state, request.getChange());
            case CLOSE -> close(from, state);
            case ENTER -> enter(from, state);
            case LEAVE -> {
                state.present.remove(from);
                yield RoomReply.getDefaultInstance();
            }
            case USER -> user(from, state, request.getUser());
            case USERS ->
                RoomReply.newBuilder()
                        .setUsers(RoomUserPage.newBuilder().addAllUsers(state.users.values()))
                        .build();
            case READ -> read(state, request);
            case OPERATION_NOT_SET -> throw refusal(ErrorCode.INVALID_REQUEST, "no operation");
        };
    }

    private State require(String roomId) {
        var state = rooms.get(roomId);
        if (state == null) {
            throw refusal(ErrorCode.NOT_FOUND, "there is no such room");
        }
        return state;
    }

    private static RequestFailedException refusal(ErrorCode code, String why) {
        return new RequestFailedException(code, why, 0);
    }

    private static RoomReply shown(State state) {
        return RoomReply.newBuilder()
                .setRoom(state.room.toBuilder().setPresent(state.present.size()))
                .build();
    }

    private RoomReply change(MiniSession by, State state, RoomChange change) {
        require(by, state);
        state.room = state.room.toBuilder()
                .setName(change.hasName() ? change.getName() : state.room.getName())
                .setAnnouncement(change.hasAnnouncement() ? change.getAnnouncement() : state.room.getAnnouncement())
                .setMuted(change.hasMuted() ? change.getMuted() : state.room.getMuted())
                .build();
        event(by, state, RoomEvent.newBuilder().setChanged(state.room));
        return shown(state);
    }

    private static void require(MiniSession owner, State state) {
        if (!state.room.getOwnerId().equals(owner.userId())) {
            throw refusal(ErrorCode.FORBIDDEN, "the room is somebody else's");
        }
    }

    private RoomReply close(MiniSession by, State state) {
        require(by, state);
        state.room = state.room.toBuilder().setClosed(true).build();
        event(by, state, RoomEvent.newBuilder().setClosed(state.room));
        state.present.clear();
        return shown(state);
    }

    private static RoomReply enter(MiniSession from, State state) {
        if (state.room.getClosed()) {
            throw refusal(ErrorCode.ROOM_CLOSED, "the room is closed");
        }
        if (self(from, state).getBannedUntil() != 0) {
            throw refusal(ErrorCode.BANNED, "banned from the room");
        }
        state.present.add(from);
        return shown(state);
    }

    private static RoomUser self(MiniSession session, State state) {
        return state.users.getOrDefault(session.userId(), RoomUser.getDefaultInstance());
    }

    private RoomReply user(MiniSession by, State state, ChangeRoomUser change) {
        require(by, state);
        var user = state.users.getOrDefault(change.getUserId(), RoomUser.getDefaultInstance()).toBuilder()
                .setUserId(change.getUserId());
        if (change.hasModerator()) {
            user.setModerator(change.getModerator());
        }
        if (change.hasMuteSeconds()) {
            user.setMutedUntil(until(change.getMuteSeconds()));
        }
        if (change.hasBanSeconds()) {
            user.setBannedUntil(until(change.getBanSeconds()));
        }
        state.users.put(change.getUserId(), user.build());
        event(by, state, RoomEvent.newBuilder().setUser(user));
        if (user.getBannedUntil() != 0) {
            state.present.removeIf(session -> session.userId().equals(change.getUserId()));
        }
        return RoomReply.newBuilder().setUser(user).build();
    }

    private static long until(long seconds) {
        return seconds == 0 ? 0 : System.currentTimeMillis() + seconds * 1_000;
    }

    private static RoomReply read(State state, RoomRequest request) {
        var page = RoomPage.newBuilder();
        if (state.room.getKeepDays() > 0) {
            state.said.reversed().stream().limit(request.getRead().getLimit()).forEach(page::addMessages);
        }
        return RoomReply.newBuilder().setPage(page).build();
    }

    synchronized RoomSendReply say(MiniSession from, RoomSendRequest request) {
        var state = require(request.getRoomId());
        if (!state.present.contains(from)) {
            throw refusal(ErrorCode.NOT_IN_ROOM, "not in the room");
        }
        if (state.room.getMuted() || self(from, state).getMutedUntil() != 0) {
            throw refusal(ErrorCode.MUTED, "muted");
        }
        var message = RoomMessage.newBuilder()
                .setRoomId(request.getRoomId())
                .setSenderId(from.userId())
                .setClientMessageId(request.getClientMessageId())
                .setContent(request.getContent())
                .setPriority(request.getPriority())
                .setRun(1)
                .setNumber(state.said.size() + 1)
                .setServerTime(System.currentTimeMillis())
                .build();
        state.said.add(message);
        tell(state, message);
        return RoomSendReply.newBuilder()
                .setRun(1)
                .setNumber(message.getNumber())
                .setServerTime(message.getServerTime())
                .build();
    }

    private static void event(MiniSession by, State state, RoomEvent.Builder event) {
        tell(
                state,
                RoomMessage.newBuilder()
                        .setRoomId(state.room.getRoomId())
                        .setSenderId(by.userId())
                        .setServerTime(System.currentTimeMillis())
                        .setEvent(event)
                        .build());
    }

    private static void tell(State state, RoomMessage message) {
        var push = new Push.Rooms(RoomPush.newBuilder().addMessages(message).build());
        state.present.forEach(session -> session.push(push));
    }
}
