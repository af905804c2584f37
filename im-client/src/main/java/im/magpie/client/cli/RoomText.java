package im.magpie.client.cli;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomUser;
import java.util.ArrayList;
import java.util.List;

/** How rooms look in a terminal, and what is said and happens there. */
final class RoomText {

    /** Returns a room in a line. */
    static String of(Room room) {
        var parts = new ArrayList<String>();
        parts.add("%s  %s, %d present".formatted(room.getRoomId(), room.getName(), room.getPresent()));
        if (!room.getOwnerId().isEmpty()) {
            parts.add("owned by " + room.getOwnerId());
        }
        if (room.getKeepDays() > 0) {
            parts.add("keeps what is said for %d days".formatted(room.getKeepDays()));
        }
        if (room.getMuted()) {
            parts.add("moderators only speak");
        }
        if (room.getClosed()) {
            parts.add("closed");
        }
        return MessageText.harmless(String.join(", ", parts));
    }

    /** Returns who somebody is in a room, in a line. */
    static String of(RoomUser user) {
        return MessageText.harmless(user.getUserId() + " " + standing(user));
    }

    private static String standing(RoomUser user) {
        var standing = new ArrayList<String>();
        if (user.getModerator()) {
            standing.add("is a moderator");
        }
        if (user.getMutedUntil() > System.currentTimeMillis()) {
            standing.add("is muted until " + Times.dateAndTime(user.getMutedUntil()));
        }
        if (user.getBannedUntil() > System.currentTimeMillis()) {
            standing.add("is banned until " + Times.dateAndTime(user.getBannedUntil()));
        }
        return standing.isEmpty() ? "may be here and speak" : GroupEventText.list(standing);
    }

    /** Returns what somebody says, with its time. */
    static String said(RoomMessage message) {
        var shown = ChatMessage.newBuilder()
                .setContent(message.getContent())
                .setServerTime(message.getServerTime())
                .build();
        return MessageText.line(shown, MessageText.harmless(actor(message)));
    }

    /**
     * Returns what has happened, with its time and who has done it.
     *
     * @param before as the room was before that
     */
    static String happened(RoomMessage message, Room before) {
        var event = message.getEvent();
        var actor = actor(message);
        var what = switch (event.getWhatCase()) {
            case CHANGED -> actor + " " + GroupEventText.list(changes(before, event.getChanged()));
            case CLOSED -> actor + " closed the room";
            case USER -> "%s %s, says %s".formatted(event.getUser().getUserId(), standing(event.getUser()), actor);
            case WHAT_NOT_SET -> "(something that this client does not understand)";
        };
        return MessageText.harmless(Times.time(message.getServerTime()) + " * " + what);
    }

    private static List<String> changes(Room before, Room after) {
        var changes = new ArrayList<String>();
        if (!after.getName().equals(before.getName())) {
            changes.add("named the room " + after.getName());
        }
        if (!after.getAnnouncement().equals(before.getAnnouncement())) {
            var text = after.getAnnouncement();
            changes.add(text.isEmpty() ? "took the announcement away" : "announced: " + text);
        }
        if (after.getMuted() != before.getMuted()) {
            changes.add(after.getMuted() ? "lets moderators only speak" : "lets everybody speak again");
        }
        if (after.getKeepDays() != before.getKeepDays()) {
            changes.add(
                    after.getKeepDays() == 0
                            ? "keeps what is said no more"
                            : "keeps what is said for %d days".formatted(after.getKeepDays()));
        }
        return changes.isEmpty() ? List.of("changed the room") : changes;
    }

    private static String actor(RoomMessage message) {
        return message.getSenderId().isEmpty() ? "the app" : message.getSenderId();
    }

    private RoomText() {}
}
