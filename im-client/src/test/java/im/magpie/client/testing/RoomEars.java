package im.magpie.client.testing;

import im.magpie.client.room.RoomListener;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomMessage;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A listener in a room that remembers what it hears, in words. */
public class RoomEars implements RoomListener {

    public final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(RoomMessage message) {
        heard.add(message.getSenderId() + ": " + message.getContent().getText().getText());
    }

    @Override
    public void onEvent(RoomMessage event) {
        heard.add(event.getSenderId() + " " + event.getEvent().getWhatCase());
    }

    @Override
    public void onMissed(String roomId, long count) {
        heard.add("missed " + count);
    }

    @Override
    public void onReturn(Room room) {
        heard.add("in " + room.getRoomId() + " again");
    }

    @Override
    public void onOut(String roomId, ErrorCode why) {
        heard.add("out of " + roomId + ": " + why);
    }

    public String next() {
        return Await.next(heard, "something in the room");
    }
}
