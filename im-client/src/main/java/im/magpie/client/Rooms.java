package im.magpie.client;

import im.magpie.client.room.RoomListener;
import im.magpie.client.room.Visits;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.RandomIds;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.CloseRoom;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.GetRoom;
import im.magpie.codec.protocol.LeaveRoom;
import im.magpie.codec.protocol.ListRoomUsers;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.ReadRoom;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomPage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.codec.protocol.RoomUserPage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Rooms: places with any number of people who come and go, such as beside a live stream. Nobody is a member; a device is in a room from {@link #enter} until
 * {@link #leave}, and over every new connection it enters again by itself. What is said there is told as it is said, or left out where there is too much of
 * it; the device remembers none of it.
 *
 * <p>Each operation is tried again, over the next connection too, for as long as a reply is waited for. Then, and when the server refuses it, its future fails
 * with {@link RequestFailedException}: NOT_FOUND where there is no such room, FORBIDDEN for who may not do that, ROOM_CLOSED where it is no more, UNAVAILABLE
 * when the time is over: then it may have been done, and may be asked for again.
 *
 * <p>Safe for use by many threads; nothing here blocks.
 */
public final class Rooms {

    private final Calls calls;
    private final Requests.Loop loop;
    private final Visits visits;
    private final Callbacks callbacks;
    private final LongSupplier serverTime;

    Rooms(Calls calls, Requests.Loop loop, Visits visits, Callbacks callbacks, LongSupplier serverTime) {
        this.calls = calls;
        this.loop = loop;
        this.visits = visits;
        this.callbacks = callbacks;
        this.serverTime = serverTime;
    }

    /** Makes a room that keeps nothing, under an id that is drawn. The user owns it; he is not in it yet. */
    public CompletableFuture<Room> create(String name) {
        // Drawn here: repeated without an id, one request would make two rooms.
        return create(RandomIds.next(), CreateRoom.newBuilder().setName(name).build());
    }

    /** Makes a room with an id of one's own choice; exceptionally also FORBIDDEN where somebody else's room has it. */
    public CompletableFuture<Room> create(String roomId, CreateRoom room) {
        return room(of(roomId).setCreate(room));
    }

    /** Returns a room, with about how many are in it, and what the user himself may do there. He need not be in it. */
    public CompletableFuture<Room> get(String roomId) {
        return room(of(roomId).setGet(GetRoom.getDefaultInstance()));
    }

    /** Changes what is given and leaves the rest of a room as it is; takes its owner. */
    public CompletableFuture<Room> change(String roomId, RoomChange change) {
        return room(of(roomId).setChange(change));
    }

    /** Puts everybody out of a room, for good; takes its owner. */
    public CompletableFuture<Room> close(String roomId) {
        return room(of(roomId).setClose(CloseRoom.getDefaultInstance()));
    }

    /**
     * Enters a room, and again after the connection was lost, until {@link #leave} or until the server does not let this device in any more. Where it is in
     * already, the new listener takes the place of the old one.
     *
     * @param listener hears what is said there, from when the server lets the device in; that may be shortly before the future completes
     * @return the room; exceptionally also BANNED, and RATE_LIMITED or UNAVAILABLE when there was no coming in within the time for a reply. Then the device is
     *     in the room only where it was before
     */
    public CompletableFuture<Room> enter(String roomId, RoomListener listener) {
        return loop.run(entered -> visits.enter(roomId, listener, reply -> {
            if (reply instanceof Reply.RoomOk ok && ok.body().hasRoom()) {
                callbacks.complete(entered, ok.body().getRoom());
            } else {
                fail(entered, reply);
            }
        }));
    }

    /** Leaves a room; its listener hears nothing more, but for what was on its way to it. Done also where the device was not in it. */
    public CompletableFuture<Void> leave(String roomId) {
        var request = of(roomId).setLeave(LeaveRoom.getDefaultInstance()).build();
        // One right after the other: whoever enters again at once has asked for that later.
        loop.<Void>run(gone -> {
            visits.leave(roomId);
            callbacks.complete(gone);
        });
        return calls.ask(id -> new Request.Room(id, request), (gone, _) -> {
            visits.hasLeft(roomId);
            callbacks.complete(gone);
        });
    }

    /** Says a text; see {@link #send(String, MessageContent, RoomPriority)}. */
    public CompletableFuture<SentToRoom> sendText(String roomId, String text) {
        return send(roomId, Contents.text(text), RoomPriority.NORMAL);
    }

    /**
     * Says something in a room that the device is in; it is told like everybody there. It is offered again where no answer came, over the next connection too
     * when the device is in the room again, for as long as a reply is waited for. Where there is too much, it is not: that is the caller's to decide.
     *
     * @param content no change of another message, no answer to one, and it calls nobody
     * @param priority under load what is of a lower one is left out first; HIGH is the owner's and moderators' only, and counts as NORMAL for all others
     * @return completes when the message is on its way, and durable where the room keeps what is said; that does not say that everybody gets it. Exceptionally
     *     with {@link RequestFailedException}: NOT_IN_ROOM, MUTED, BANNED, ROOM_CLOSED; RATE_LIMITED or BUSY, with a time to wait, where the room is too crowded
     *     for this priority, BUSY also where 1,000 messages wait here already; UNAVAILABLE when the time is over: then it may have been said
     */
    public CompletableFuture<SentToRoom> send(String roomId, MessageContent content, RoomPriority priority) {
        var message = RoomSendRequest.newBuilder()
                .setRoomId(roomId)
                .setClientMessageId(UuidV7.next(serverTime).toString())
                .setContent(content)
                .setPriority(priority)
                .build();
        return loop.run(sent -> visits.send(message, reply -> {
            if (reply instanceof Reply.RoomSendOk ok) {
                callbacks.complete(sent, SentToRoom.of(message, ok.body()));
            } else {
                fail(sent, reply);
            }
        }));
    }

    /** Makes somebody a moderator, who mutes and bans others, or takes that from him; takes the owner. */
    public CompletableFuture<RoomUser> appoint(String roomId, String userId, boolean moderator) {
        return user(roomId, of(userId, user -> user.setModerator(moderator)));
    }

    /**
     * Lets somebody not speak for a while; takes a moderator.
     *
     * @param length in whole seconds; zero lets him speak again
     */
    public CompletableFuture<RoomUser> mute(String roomId, String userId, Duration length) {
        return user(roomId, of(userId, user -> user.setMuteSeconds(length.toSeconds())));
    }

    /**
     * Puts somebody out, on all his devices at once, and lets him in no more for a while; takes a moderator.
     *
     * @param length in whole seconds; zero lets him in again
     */
    public CompletableFuture<RoomUser> ban(String roomId, String userId, Duration length) {
        return user(roomId, of(userId, user -> user.setBanSeconds(length.toSeconds())));
    }

    /**
     * Returns a page of those who moderate, are muted or banned, in the order of their ids.
     *
     * @param after the id behind which the page begins; empty for the first page
     * @param limit how many at most; 0 for as many as the server gives
     */
    public CompletableFuture<RoomUserPage> users(String roomId, String after, int limit) {
        var users = ListRoomUsers.newBuilder().setAfter(after).setLimit(limit);
        return ask(of(roomId).setUsers(users), RoomReply::hasUsers, RoomReply::getUsers);
    }

    /**
     * Returns a page of what a room has kept, the newest first. Who has entered before he reads misses nothing between the two: what comes both ways has the
     * same sender and client message id.
     *
     * @param before the next of an earlier page; empty for the newest
     * @param limit how many at most; 0 for as many as the server gives
     */
    public CompletableFuture<RoomPage> read(String roomId, String before, int limit) {
        var read = ReadRoom.newBuilder().setBefore(before).setLimit(limit);
        return ask(of(roomId).setRead(read), RoomReply::hasPage, RoomReply::getPage);
    }

    private static RoomRequest.Builder of(String roomId) {
        return RoomRequest.newBuilder().setRoomId(roomId);
    }

    private static ChangeRoomUser of(String userId, Consumer<ChangeRoomUser.Builder> change) {
        var user = ChangeRoomUser.newBuilder().setUserId(userId);
        change.accept(user);
        return user.build();
    }

    private CompletableFuture<RoomUser> user(String roomId, ChangeRoomUser change) {
        return ask(of(roomId).setUser(change), RoomReply::hasUser, RoomReply::getUser);
    }

    private CompletableFuture<Room> room(RoomRequest.Builder request) {
        return ask(request, RoomReply::hasRoom, RoomReply::getRoom);
    }

    private <T> CompletableFuture<T> ask(
            RoomRequest.Builder request, Predicate<RoomReply> answers, Function<RoomReply, T> answer) {
        var body = request.build();
        return calls.ask(id -> new Request.Room(id, body), (future, reply) -> {
            if (reply instanceof Reply.RoomOk ok && answers.test(ok.body())) {
                callbacks.complete(future, answer.apply(ok.body()));
            } else {
                fail(future, reply);
            }
        });
    }

    private void fail(CompletableFuture<?> future, Reply reply) {
        callbacks.fail(
                future,
                reply instanceof Reply.Failure failure
                        ? RequestFailedException.of(failure)
                        : RequestFailedException.unexpected(reply));
    }
}
