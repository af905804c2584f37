package im.magpie.codec.content;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.Attachment;
import im.magpie.codec.protocol.CardContent;
import im.magpie.codec.protocol.LocationContent;
import im.magpie.codec.protocol.MessageContent;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every kind of content, as a client can know them; how many bytes a content may have in all is the deployment's to say. Lengths of
 * texts are in UTF-16 units.
 */
public final class ContentRules {

    public static final int MOST_MENTIONS = 50;
    public static final int LONGEST_URL = 2_048;
    public static final int LONGEST_NAME = 255;
    public static final int LONGEST_CAPTION = 4_096;
    public static final int LONGEST_TYPE = 127;
    public static final int LONGEST_EMOJI = 32;

    private static final int SHA256_BYTES = 32;

    /** Returns what is wrong with a content, for a developer to read; null when nothing is. */
    public static @Nullable String violation(MessageContent content) {
        return Contents.isChange(content) ? ofChange(content) : ofMessage(content);
    }

    /** Returns what is wrong with a content that is said in a room, for a developer to read; null when nothing is. */
    public static @Nullable String violationInRoom(MessageContent content) {
        if (Contents.isChange(content)) {
            return "what was said in a room is not changed";
        }
        if (content.getMentionedUserIdsCount() > 0 || content.getMentionsAll() || content.getReplyTo() != 0) {
            return "what is said in a room neither mentions anybody nor answers anything";
        }
        return ofMessage(content);
    }

    private static @Nullable String ofMessage(MessageContent content) {
        return first(ofKind(content), ofMentions(content), ofReply(content));
    }

    private static @Nullable String ofKind(MessageContent content) {
        return switch (content.getKindCase()) {
            case TEXT -> content.getText().getText().isEmpty() ? "a text has at least one character" : null;
            case IMAGE -> {
                var image = content.getImage();
                yield first(
                        attachment("image", image.getImage()),
                        image.hasThumbnail() ? attachment("thumbnail", image.getThumbnail()) : null,
                        length("caption", image.getCaption(), LONGEST_CAPTION));
            }
            case FILE -> {
                var file = content.getFile();
                yield first(
                        attachment("file", file.getFile()),
                        length("name", file.getName(), LONGEST_NAME),
                        length("caption", file.getCaption(), LONGEST_CAPTION));
            }
            case AUDIO -> attachment("audio", content.getAudio().getAudio());
            case VIDEO -> {
                var video = content.getVideo();
                yield first(
                        attachment("video", video.getVideo()),
                        video.hasThumbnail() ? attachment("thumbnail", video.getThumbnail()) : null,
                        length("caption", video.getCaption(), LONGEST_CAPTION));
            }
            case LOCATION -> location(content.getLocation());
            case CARD -> card(content.getCard());
            case CUSTOM -> length("type", content.getCustom().getType(), LONGEST_TYPE);
            case RECALL, EDIT, REACTION -> "a change can't be changed into";
            case GROUP_EVENT -> "nobody sends an event of a group";
            case KIND_NOT_SET -> "a content is of some kind";
        };
    }

    private static @Nullable String ofChange(MessageContent change) {
        if (Contents.target(change) <= 0) {
            return "a change names the message that it changes";
        }
        if (change.getMentionedUserIdsCount() > 0 || change.getMentionsAll() || change.getReplyTo() != 0) {
            return "a change neither mentions anybody nor answers anything";
        }
        return switch (change.getKindCase()) {
            case EDIT -> ofMessage(change.getEdit().getContent());
            case REACTION -> emoji(change.getReaction().getEmoji());
            default -> null;
        };
    }

    private static @Nullable String emoji(String emoji) {
        return emoji.isBlank()
                        || emoji.length() > LONGEST_EMOJI
                        || emoji.chars().anyMatch(Character::isISOControl)
                ? "an emoji has 1 to %d characters, none of them a control".formatted(LONGEST_EMOJI)
                : null;
    }

    private static @Nullable String ofMentions(MessageContent content) {
        var mentioned = content.getMentionedUserIdsList();
        if (mentioned.size() > MOST_MENTIONS) {
            return "at most %d users are mentioned".formatted(MOST_MENTIONS);
        }
        if (!mentioned.stream().allMatch(Identifiers::isUserId)) {
            return "who is mentioned is no user id";
        }
        return new HashSet<>(mentioned).size() < mentioned.size() ? "each user is mentioned once" : null;
    }

    private static @Nullable String ofReply(MessageContent content) {
        return content.getReplyTo() < 0 ? "a sequence is at most 2^63 - 1" : null;
    }

    private static @Nullable String attachment(String name, Attachment attachment) {
        if (attachment.getUrl().isBlank()) {
            return "the %s has no url".formatted(name);
        }
        if (attachment.getSizeBytes() < 0) {
            return "the %s is too large".formatted(name);
        }
        var digest = attachment.getSha256().size();
        if (digest != 0 && digest != SHA256_BYTES) {
            return "a sha256 has %d bytes, not %d".formatted(SHA256_BYTES, digest);
        }
        return first(
                length("url", attachment.getUrl(), LONGEST_URL),
                length("media_type", attachment.getMediaType(), LONGEST_TYPE));
    }

    private static @Nullable String location(LocationContent location) {
        // Written so that NaN is outside.
        var onEarth = Math.abs(location.getLatitude()) <= 90 && Math.abs(location.getLongitude()) <= 180;
        return first(
                onEarth ? null : "a latitude is -90 to 90 degrees, a longitude -180 to 180",
                length("name", location.getName(), LONGEST_NAME),
                length("address", location.getAddress(), LONGEST_CAPTION));
    }

    private static @Nullable String card(CardContent card) {
        return first(
                Identifiers.isUserId(card.getUserId()) ? null : "a card names a user",
                length("name", card.getName(), LONGEST_NAME),
                length("avatar_url", card.getAvatarUrl(), LONGEST_URL));
    }

    private static @Nullable String length(String name, String text, int longest) {
        return text.length() > longest
                ? "%s has %d characters, the limit is %d".formatted(name, text.length(), longest)
                : null;
    }

    private static @Nullable String first(@Nullable String... violations) {
        return Stream.of(violations).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private ContentRules() {}
}
