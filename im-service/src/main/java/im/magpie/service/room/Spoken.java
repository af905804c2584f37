package im.magpie.service.room;

import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomSendReply;

/** What was said in a room and has its number. */
record Spoken(Saying saying, RoomPriority priority, RoomSendReply counted) {}
