package im.magpie.codec.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.Attachment;
import im.magpie.codec.protocol.AudioContent;
import im.magpie.codec.protocol.CardContent;
import im.magpie.codec.protocol.CustomContent;
import im.magpie.codec.protocol.FileContent;
import im.magpie.codec.protocol.ImageContent;
import im.magpie.codec.protocol.LocationContent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.VideoContent;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentRulesTest {

    private static final MessageContent TEXT = Contents.text("hello");

    static Stream<MessageContent> fine() {
        return Stream.of(
                TEXT,
                image(attachment("https://files.example/1")),
                file("n".repeat(ContentRules.LONGEST_NAME)),
                MessageContent.newBuilder()
                        .setAudio(AudioContent.newBuilder().setAudio(attachment("u")))
                        .build(),
                MessageContent.newBuilder()
                        .setVideo(VideoContent.newBuilder().setVideo(attachment("u")))
                        .build(),
                location(-90, 180),
                card("bob"),
                custom(""),
                TEXT.toBuilder().addAllMentionedUserIds(users(50)).setReplyTo(7).build(),
                Contents.recall(1),
                Contents.edit(1, TEXT.toBuilder().setReplyTo(3).build()),
                Contents.reaction(Long.MAX_VALUE, "👍", false),
                Contents.reaction(1, "x".repeat(ContentRules.LONGEST_EMOJI), true));
    }

    static Stream<MessageContent> broken() {
        return Stream.of(
                MessageContent.getDefaultInstance(),
                Contents.text(""),
                image(attachment("")),
                image(attachment("u".repeat(ContentRules.LONGEST_URL + 1))),
                image(attachment("u").toBuilder().setSizeBytes(-1).build()),
                image(attachment("u").toBuilder()
                        .setSha256(ByteString.copyFromUtf8("short"))
                        .build()),
                image(attachment("u").toBuilder()
                        .setMediaType("t".repeat(ContentRules.LONGEST_TYPE + 1))
                        .build()),
                MessageContent.newBuilder()
                        .setImage(ImageContent.newBuilder()
                                .setImage(attachment("u"))
                                .setThumbnail(Attachment.getDefaultInstance()))
                        .build(),
                file("n".repeat(ContentRules.LONGEST_NAME + 1)),
                MessageContent.newBuilder()
                        .setAudio(AudioContent.getDefaultInstance())
                        .build(),
                MessageContent.newBuilder()
                        .setVideo(VideoContent.getDefaultInstance())
                        .build(),
                location(90.001, 0),
                location(0, -180.001),
                location(Double.NaN, 0),
                card("not a user"),
                custom("t".repeat(ContentRules.LONGEST_TYPE + 1)),
                TEXT.toBuilder().addAllMentionedUserIds(users(51)).build(),
                TEXT.toBuilder()
                        .addMentionedUserIds("bob")
                        .addMentionedUserIds("bob")
                        .build(),
                TEXT.toBuilder().addMentionedUserIds("no user").build(),
                TEXT.toBuilder().setReplyTo(-1).build(),
                Contents.recall(0),
                Contents.recall(-1),
                Contents.recall(1).toBuilder().addMentionedUserIds("bob").build(),
                Contents.recall(1).toBuilder().setReplyTo(1).build(),
                Contents.edit(0, TEXT),
                Contents.edit(1, MessageContent.getDefaultInstance()),
                Contents.edit(1, Contents.text("")),
                Contents.edit(1, Contents.recall(1)),
                Contents.edit(1, Contents.edit(1, TEXT)),
                Contents.reaction(0, "👍", false),
                Contents.reaction(1, "", false),
                Contents.reaction(1, " ", false),
                Contents.reaction(1, "a\nb", false),
                Contents.reaction(1, "x".repeat(ContentRules.LONGEST_EMOJI + 1), true));
    }

    @ParameterizedTest
    @MethodSource("fine")
    void passes(MessageContent content) {
        assertThat(ContentRules.violation(content)).isNull();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isSaidToBeWrong(MessageContent content) {
        assertThat(ContentRules.violation(content)).isNotBlank();
    }

    private static Attachment attachment(String url) {
        return Attachment.newBuilder().setUrl(url).build();
    }

    private static MessageContent image(Attachment image) {
        return MessageContent.newBuilder()
                .setImage(ImageContent.newBuilder().setImage(image))
                .build();
    }

    private static MessageContent file(String name) {
        return MessageContent.newBuilder()
                .setFile(FileContent.newBuilder().setFile(attachment("u")).setName(name))
                .build();
    }

    private static MessageContent location(double latitude, double longitude) {
        return MessageContent.newBuilder()
                .setLocation(LocationContent.newBuilder().setLatitude(latitude).setLongitude(longitude))
                .build();
    }

    private static MessageContent card(String userId) {
        return MessageContent.newBuilder()
                .setCard(CardContent.newBuilder().setUserId(userId))
                .build();
    }

    private static MessageContent custom(String type) {
        return MessageContent.newBuilder()
                .setCustom(CustomContent.newBuilder().setType(type))
                .build();
    }

    private static Iterable<String> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "user" + i).toList();
    }
}
