package im.magpie.client;

import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.RoomSendRequest;

/**
 * A message that is on its way to whoever is in a room, and durable where the room keeps what is said.
 *
 * @param run in which it was counted
 * @param number its place in that run, from 1
 * @param serverTime unix milliseconds
 */
public record SentToRoom(String roomId, String clientMessageId, long run, long number, long serverTime) {

    static SentToRoom of(RoomSendRequest message, RoomSendReply reply) {
        return new SentToRoom(
                message.getRoomId(),
                message.getClientMessageId(),
                reply.getRun(),
                reply.getNumber(),
                reply.getServerTime());
    }
}
