package im.magpie.service.membership;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import java.util.List;

/**
 * Who comes into a group, or goes, by an event.
 *
 * @param openHistory whether those who come read what was said before
 */
public record Movement(List<String> came, boolean openHistory, List<String> gone) {

    /** Nobody comes or goes. */
    public static final Movement NONE = new Movement(List.of(), false, List.of());

    /** Reads it from an entry of a timeline: by a message nobody comes or goes. */
    public static Movement of(AcceptedMessage entry) {
        return entry.getEvent() ? ofEvent(entry.getContent()) : NONE;
    }

    /** Reads it from the content of an event. */
    static Movement ofEvent(ByteString content) {
        var what = event(content);
        return switch (what.getWhatCase()) {
            case CREATED -> of(what.getCreated());
            case ADDED -> of(what.getAdded());
            case JOINED -> of(what.getJoined());
            case REMOVED -> new Movement(List.of(), false, what.getRemoved().getUserIdsList());
            case LEFT -> new Movement(List.of(), false, what.getLeft().getUserIdsList());
            case APPOINTED, MUTED, TRANSFERRED, CHANGED, DISSOLVED, RESIZED, RENAMED, WHAT_NOT_SET -> NONE;
        };
    }

    private static Movement of(MembersCame came) {
        return new Movement(came.getUserIdsList(), came.getOpenHistory(), List.of());
    }

    private static GroupEvent event(ByteString content) {
        try {
            return MessageContent.parseFrom(content).getGroupEvent();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an event that was made by the services can't be read", e);
        }
    }
}
