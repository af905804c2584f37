package im.magpie.client.cli;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.Attachment;
import im.magpie.codec.protocol.ChatMessage;
import java.util.stream.Collectors;

/** How messages look in a terminal. What others write must not steer it. */
final class MessageText {

    /** Returns whether there is anything to show of an entry. */
    static boolean isShown(ChatMessage message) {
        var content = message.getContent();
        return !Contents.isChange(content)
                && (!content.hasGroupEvent() || GroupEventText.isTold(content.getGroupEvent()));
    }

    /**
     * Returns a message with its time and its sender; an event of a group tells of him itself.
     *
     * @param sender what he is called
     */
    static String line(ChatMessage message, String sender) {
        if (message.getContent().hasGroupEvent()) {
            return Times.time(message.getServerTime()) + " " + of(message);
        }
        return "%s %s: %s".formatted(Times.time(message.getServerTime()), sender, of(message));
    }

    /** Returns what a message says, and what became of it. */
    static String of(ChatMessage message) {
        if (message.getRecalled()) {
            return "(recalled)";
        }
        var edited = message.getEditSequence() > 0 ? " (edited)" : "";
        var reactions = message.getReactionsList().stream()
                .map(reaction -> " %s%d".formatted(reaction.getEmoji(), reaction.getCount()))
                .collect(Collectors.joining());
        return harmless(content(message) + edited + reactions);
    }

    private static String content(ChatMessage message) {
        var content = message.getContent();
        return switch (content.getKindCase()) {
            case TEXT -> content.getText().getText();
            case IMAGE ->
                attachment(
                        "image",
                        content.getImage().getImage(),
                        content.getImage().getCaption());
            case FILE ->
                attachment(
                        "file " + content.getFile().getName(),
                        content.getFile().getFile(),
                        content.getFile().getCaption());
            case AUDIO -> attachment("audio", content.getAudio().getAudio(), "");
            case VIDEO ->
                attachment(
                        "video",
                        content.getVideo().getVideo(),
                        content.getVideo().getCaption());
            case LOCATION ->
                "[location %s %s, %s]"
                        .formatted(
                                content.getLocation().getName(),
                                content.getLocation().getLatitude(),
                                content.getLocation().getLongitude());
            case CARD ->
                "[%s (%s)]"
                        .formatted(
                                content.getCard().getName(), content.getCard().getUserId());
            case CUSTOM -> "(something that only the app understands)";
            case RECALL -> "(takes #%d back)".formatted(content.getRecall().getSequence());
            case EDIT -> "(edits #%d)".formatted(content.getEdit().getSequence());
            case REACTION ->
                "(%s %s #%d)"
                        .formatted(
                                content.getReaction().getRemoved() ? "no more" : "reacts",
                                content.getReaction().getEmoji(),
                                content.getReaction().getSequence());
            case GROUP_EVENT -> GroupEventText.of(message);
            case KIND_NOT_SET -> "(something that this client does not understand)";
        };
    }

    private static String attachment(String kind, Attachment attachment, String caption) {
        return "[%s %s] %s".formatted(kind, attachment.getUrl(), caption).strip();
    }

    /** Returns a text without what would steer the terminal. */
    static String harmless(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private MessageText() {}
}
