package im.magpie.codec.content;

import im.magpie.codec.protocol.EditContent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.ReactionContent;
import im.magpie.codec.protocol.RecallContent;
import im.magpie.codec.protocol.TextContent;

/** Makes contents, and tells the kinds apart. */
public final class Contents {

    public static MessageContent text(String text) {
        return MessageContent.newBuilder()
                .setText(TextContent.newBuilder().setText(text))
                .build();
    }

    /** Takes the message at a sequence back. */
    public static MessageContent recall(long sequence) {
        return MessageContent.newBuilder()
                .setRecall(RecallContent.newBuilder().setSequence(sequence))
                .build();
    }

    /** Puts a content in the place of that of the message at a sequence. */
    public static MessageContent edit(long sequence, MessageContent content) {
        return MessageContent.newBuilder()
                .setEdit(EditContent.newBuilder().setSequence(sequence).setContent(content))
                .build();
    }

    /**
     * Adds the sender's reaction to the message at a sequence.
     *
     * @param removed takes it back instead
     */
    public static MessageContent reaction(long sequence, String emoji, boolean removed) {
        return MessageContent.newBuilder()
                .setReaction(ReactionContent.newBuilder()
                        .setSequence(sequence)
                        .setEmoji(emoji)
                        .setRemoved(removed))
                .build();
    }

    /** Returns the sequence of the message that the content changes; 0 where it is no change. */
    public static long target(MessageContent content) {
        return switch (content.getKindCase()) {
            case RECALL -> content.getRecall().getSequence();
            case EDIT -> content.getEdit().getSequence();
            case REACTION -> content.getReaction().getSequence();
            case TEXT, IMAGE, FILE, AUDIO, VIDEO, LOCATION, CARD, CUSTOM, GROUP_EVENT, KIND_NOT_SET -> 0;
        };
    }

    /** Returns whether the content changes another message. */
    public static boolean isChange(MessageContent content) {
        return switch (content.getKindCase()) {
            case RECALL, EDIT, REACTION -> true;
            case TEXT, IMAGE, FILE, AUDIO, VIDEO, LOCATION, CARD, CUSTOM, GROUP_EVENT, KIND_NOT_SET -> false;
        };
    }

    /** Returns whether somebody says it, so that others have it to read: neither a change nor an event. */
    public static boolean isCounted(MessageContent content) {
        return !isChange(content) && !content.hasGroupEvent();
    }

    /** Returns the content as history has it: an edit without what the edited message itself has. */
    public static MessageContent asRead(MessageContent content) {
        return content.hasEdit() ? asRead(content.getEdit()) : content;
    }

    private static MessageContent asRead(EditContent edit) {
        return MessageContent.newBuilder()
                .setEdit(EditContent.newBuilder().setSequence(edit.getSequence()))
                .build();
    }

    private Contents() {}
}
