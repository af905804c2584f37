package im.magpie.service.room;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.ContentRules;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.error.MagpieException;

/**
 * What somebody wants to say in a room.
 *
 * @param senderId empty for the business system
 * @param id the bytes of the client message id
 * @param wanted one of LOW, NORMAL and HIGH
 */
record Saying(
        RoomKey room,
        String senderId,
        String clientMessageId,
        ByteString id,
        MessageContent content,
        RoomPriority wanted) {

    /**
     * Reads a request.
     *
     * @throws MagpieException with the code of the rule that it breaks
     */
    static Saying of(RoomKey room, String senderId, RoomSendRequest request, int maxContentBytes) {
        RoomRules.requireRoomId(room.roomId());
        requireContent(request.getContent(), maxContentBytes);
        return new Saying(
                room,
                senderId,
                request.getClientMessageId(),
                id(request.getClientMessageId()),
                request.getContent(),
                priority(request.getPriority()));
    }

    private static ByteString id(String clientMessageId) {
        try {
            return ByteString.copyFrom(UuidV7.toBytes(UuidV7.parse(clientMessageId)));
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CLIENT_MESSAGE_ID, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireContent(MessageContent content, int maxBytes) {
        if (content.getKindCase() == MessageContent.KindCase.KIND_NOT_SET) {
            throw new MagpieException(ErrorCode.CONTENT_MISSING, "the message has no content");
        }
        if (content.getSerializedSize() > maxBytes) {
            throw new MagpieException(
                    ErrorCode.CONTENT_TOO_LARGE,
                    "the content has %d bytes, more than %d".formatted(content.getSerializedSize(), maxBytes));
        }
        var violation = ContentRules.violationInRoom(content);
        if (violation != null) {
            throw new MagpieException(ErrorCode.INVALID_CONTENT, violation);
        }
    }

    private static RoomPriority priority(RoomPriority wanted) {
        return switch (wanted) {
            case LOW, HIGH -> wanted;
            case NORMAL, ROOM_PRIORITY_UNSPECIFIED, UNRECOGNIZED -> RoomPriority.NORMAL;
        };
    }

    /** What is said is the business system's. */
    boolean isBusinessSystems() {
        return senderId.isEmpty();
    }

    /** Returns the message that clients get. */
    RoomMessage message(RoomSendReply counted, RoomPriority priority) {
        return RoomMessage.newBuilder()
                .setRoomId(room.roomId())
                .setSenderId(senderId)
                .setClientMessageId(clientMessageId)
                .setContent(content)
                .setRun(counted.getRun())
                .setNumber(counted.getNumber())
                .setServerTime(counted.getServerTime())
                .setPriority(priority)
                .build();
    }

    /** Returns what the room keeps until a time, unix milliseconds. */
    SaidInRoom kept(RoomSendReply counted, RoomPriority priority, long keepUntil) {
        return SaidInRoom.newBuilder()
                .setAppId(room.appId())
                .setRoomId(room.roomId())
                .setRun(counted.getRun())
                .setNumber(counted.getNumber())
                .setSenderId(senderId)
                .setClientMessageId(id)
                .setServerTime(counted.getServerTime())
                .setContent(content.toByteString())
                .setPriority(priority.getNumber())
                .setKeepUntil(keepUntil)
                .build();
    }
}
