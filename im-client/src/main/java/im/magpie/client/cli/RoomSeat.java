package im.magpie.client.cli;

import im.magpie.client.room.RoomListener;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomMessage;

/** Shows what is said in a room that somebody at the console has entered. Safe for use by many threads. */
final class RoomSeat implements RoomListener {

    private final String roomId;
    private final Console console;
    private Room room;

    RoomSeat(String roomId, Console console) {
        this.roomId = roomId;
        this.console = console;
        this.room = Room.newBuilder().setRoomId(roomId).setName(roomId).build();
    }

    String roomId() {
        return roomId;
    }

    /** The room is like this now. */
    synchronized void learn(Room current) {
        if (current.getVersion() >= room.getVersion()) {
            room = current;
        }
    }

    @Override
    public synchronized void onMessage(RoomMessage message) {
        show(RoomText.said(message));
    }

    @Override
    public synchronized void onEvent(RoomMessage event) {
        show(RoomText.happened(event, room));
        if (event.getEvent().hasChanged()) {
            learn(event.getEvent().getChanged());
        }
    }

    @Override
    public synchronized void onMissed(String roomId, long count) {
        show("-- %d were left out".formatted(count));
    }

    @Override
    public synchronized void onReturn(Room current) {
        learn(current);
        show("-- you are in it again");
    }

    @Override
    public synchronized void onOut(String roomId, ErrorCode why) {
        show(
                switch (why) {
                    case ROOM_CLOSED -> "-- you are out: the room is closed";
                    case BANNED -> "-- you are out: you are banned";
                    default -> "-- you are out: " + why;
                });
    }

    private void show(String line) {
        console.print("[%s] %s".formatted(MessageText.harmless(room.getName()), line));
    }
}
