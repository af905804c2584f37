package im.magpie.service.room;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.ReadRoom;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPage;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.RoomErasure;
import im.magpie.common.rpc.RoomHistory;
import im.magpie.common.rpc.RoomHistoryPage;
import im.magpie.common.rpc.RoomHistoryQuery;
import im.magpie.common.rpc.RoomPlace;
import im.magpie.common.rpc.SaidByQuery;
import im.magpie.common.user.UserKey;
import im.magpie.service.request.Rules;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.dubbo.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * What rooms have kept, asked of im-message-store.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link MagpieException} UNAVAILABLE when the store did not answer.
 */
public final class RoomMemory {

    /** Fits a frame's body. */
    private static final int MOST_BYTES = 512 * 1_024;

    private static final int LONGEST_PAGE = 100;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    private final RoomHistory history;
    private final Arrivals arrivals;

    RoomMemory(RoomHistory history, Arrivals arrivals) {
        this.history = history;
        this.arrivals = arrivals;
    }

    /**
     * Returns the newest of what a room has kept before a place, newest first. Without a place nothing is missing of what was said before this was called, unless
     * the store is far behind.
     */
    RoomPage read(RoomKey room, ReadRoom asked) {
        var limit = Math.min(LONGEST_PAGE, Rules.limit(asked.getLimit()));
        var query = RoomHistoryQuery.newBuilder()
                .setAppId(room.appId())
                .setRoomId(room.roomId())
                .setLimit(limit);
        if (asked.getBefore().isEmpty()) {
            return page(arrivals.newest(room, () -> ask(() -> history.read(query.build()))));
        }
        query.setBefore(place(asked.getBefore()));
        return page(ask(() -> history.read(query.build())));
    }

    private static RoomPage page(RoomHistoryPage found) {
        var page = RoomPage.newBuilder();
        var bytes = 0L;
        @Nullable SaidInRoom last = null;
        for (var said : found.getMessagesList()) {
            var message = message(said);
            bytes += message.getSerializedSize();
            if (last != null && bytes > MOST_BYTES) {
                break;
            }
            page.addMessages(message);
            last = said;
        }
        var all = page.getMessagesCount() == found.getMessagesCount() && !found.getMore();
        return last == null || all
                ? page.build()
                : page.setNext(last.getRun() + "." + last.getNumber()).build();
    }

    private static RoomPlace place(String text) {
        var match = PLACE.matcher(text);
        if (!match.matches()) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "before is the next of an earlier page");
        }
        return RoomPlace.newBuilder()
                .setRun(Long.parseLong(match.group(1)))
                .setNumber(Long.parseLong(match.group(2)))
                .build();
    }

    private static RoomMessage message(SaidInRoom said) {
        return RoomMessage.newBuilder()
                .setRoomId(said.getRoomId())
                .setSenderId(said.getSenderId())
                .setClientMessageId(UuidV7.fromBytes(said.getClientMessageId().toByteArray())
                        .toString())
                .setContent(content(said))
                .setRun(said.getRun())
                .setNumber(said.getNumber())
                .setServerTime(said.getServerTime())
                .setPriorityValue(said.getPriority())
                .build();
    }

    private static MessageContent content(SaidInRoom said) {
        try {
            return MessageContent.parseFrom(said.getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store has what nobody could have said", e);
        }
    }

    /** Goes through what a user has said in rooms and is kept, in the order of rooms and numbers. Not safe for use by many threads. */
    public final class Walk {

        private final SaidByQuery.Builder query;
        private boolean more = true;

        private Walk(UserKey user) {
            query = SaidByQuery.newBuilder()
                    .setAppId(user.appId())
                    .setUserId(user.userId())
                    .setLimit(LONGEST_PAGE);
        }

        /** Returns what comes next; nothing in the end. */
        public List<RoomMessage> next() {
            if (!more) {
                return List.of();
            }
            var found = ask(() -> history.saidBy(query.build()));
            more = found.getMore() && found.getMessagesCount() > 0;
            if (more) {
                var last = found.getMessages(found.getMessagesCount() - 1);
                query.setAfterRoomId(last.getRoomId())
                        .setAfter(RoomPlace.newBuilder().setRun(last.getRun()).setNumber(last.getNumber()));
            }
            return found.getMessagesList().stream().map(RoomMemory::message).toList();
        }
    }

    /** Returns what a user has said, to be walked through. */
    public Walk saidBy(UserKey user) {
        return new Walk(user);
    }

    /** Deletes all that a user has said in rooms. May be repeated. */
    public void erase(UserKey user) {
        var erasure = RoomErasure.newBuilder()
                .setAppId(user.appId())
                .setUserId(user.userId())
                .build();
        var more = true;
        while (more) {
            more = ask(() -> history.erase(erasure)).getMore();
        }
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RpcException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the store of messages did not answer", e);
        }
    }
}
