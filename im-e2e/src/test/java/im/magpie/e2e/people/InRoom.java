package im.magpie.e2e.people;

import im.magpie.client.Rooms;
import im.magpie.client.SentToRoom;
import im.magpie.client.room.RoomListener;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.RandomIds;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.e2e.system.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** A room as a device sees it, and what its owner does there. */
public final class InRoom {

    private final Device device;
    private final String roomId;
    private final Observed<String> story;
    private final Observed<RoomMessage> messages;
    private final AtomicLong missed = new AtomicLong();

    private InRoom(Device device, String roomId) {
        this.device = device;
        this.roomId = roomId;
        this.story = new Observed<>(device + " in the room");
        this.messages = new Observed<>(device + " in the room");
    }

    /** Makes a room, and enters it. */
    public static InRoom madeBy(Device device, CreateRoom.Builder room) {
        var id = RandomIds.next();
        room.setName("a room of " + device.owner());
        People.outcome(device.client().rooms().create(id, room.build()));
        return of(device, id).enters();
    }

    /** Makes a room that keeps nothing, and enters it. */
    public static InRoom madeBy(Device device) {
        return madeBy(device, CreateRoom.newBuilder());
    }

    /** Returns a room as a device sees it that is not in it. */
    public static InRoom of(Device device, String roomId) {
        return new InRoom(device, roomId);
    }

    /** Returns the same room as another device sees it that is not in it. */
    public InRoom outside(Device other) {
        return of(other, roomId);
    }

    /** Enters the same room with another device. */
    public InRoom on(Device other) {
        return outside(other).enters();
    }

    public InRoom enters() {
        People.outcome(device.client().rooms().enter(roomId, new Heard()));
        return this;
    }

    public void leaves() {
        People.outcome(device.client().rooms().leave(roomId));
    }

    public String roomId() {
        return roomId;
    }

    /** Says something and returns when it is on its way. */
    public SentToRoom says(String text) {
        return People.outcome(sends(text, RoomPriority.NORMAL));
    }

    /** Says something; completes when it is on its way. */
    public CompletableFuture<SentToRoom> sends(String text, RoomPriority priority) {
        return device.client().rooms().send(roomId, Contents.text(text), priority);
    }

    /** Returns with what a text is refused. */
    public ErrorCode refusal(String text) {
        return refusalOf((rooms, id) -> rooms.sendText(id, text));
    }

    /** Returns with what it is refused to enter. */
    public ErrorCode refusalToEnter() {
        return refusalOf((rooms, id) -> rooms.enter(id, new Heard()));
    }

    /** Does something to the room. */
    public <T> T does(BiFunction<Rooms, String, CompletableFuture<T>> operation) {
        return People.outcome(operation.apply(device.client().rooms(), roomId));
    }

    /** Returns with what an operation is refused. */
    public ErrorCode refusalOf(BiFunction<Rooms, String, CompletableFuture<?>> operation) {
        return device.refusal(client -> operation.apply(client.rooms(), roomId));
    }

    /** Returns what the room has kept, the newest first. */
    public List<RoomMessage> kept(int pageSize) {
        var kept = new ArrayList<RoomMessage>();
        var next = "";
        do {
            var before = next;
            var page = does((rooms, id) -> rooms.read(id, before, pageSize));
            kept.addAll(page.getMessagesList());
            next = page.getNext();
        } while (!next.isEmpty());
        return kept;
    }

    /** Waits until so many connections are said to be there. */
    public void awaitPresent(int count) {
        Await.until(count + " are present", () -> does(Rooms::get).getPresent() == count);
    }

    /** Returns what was said as far as the device has heard it. */
    public List<RoomMessage> messages() {
        return messages.all();
    }

    /** Returns how many messages it was told that it had missed. */
    public long missed() {
        return missed.get();
    }

    /** Returns everything that it was told, in words. */
    public List<String> story() {
        return story.all();
    }

    public void awaitMessages(int count) {
        messages.await(count + " messages were there", all -> all.size() >= count);
    }

    /** Waits until it was told just this. */
    public void awaitStory(String... lines) {
        var expected = List.of(lines);
        story.await("the story was " + expected, expected::equals);
    }

    /** Waits until it has been told this. */
    public void awaitLine(String line) {
        story.await("it was told " + line, lines -> lines.contains(line));
    }

    public static String said(Person who, String text) {
        return who + ": " + text;
    }

    /** Returns the line of an event. */
    public static String did(Person who, RoomEvent.WhatCase what) {
        return who + " " + what;
    }

    private final class Heard implements RoomListener {

        @Override
        public void onMessage(RoomMessage message) {
            messages.add(message);
            story.add(message.getSenderId() + ": "
                    + message.getContent().getText().getText());
        }

        @Override
        public void onEvent(RoomMessage event) {
            story.add(event.getSenderId() + " " + event.getEvent().getWhatCase());
        }

        @Override
        public void onMissed(String room, long count) {
            missed.addAndGet(count);
        }

        @Override
        public void onReturn(Room room) {
            story.add("returned");
        }

        @Override
        public void onOut(String room, ErrorCode why) {
            story.add("out: " + why);
        }
    }

    @Override
    public String toString() {
        return device + " in " + roomId;
    }
}
