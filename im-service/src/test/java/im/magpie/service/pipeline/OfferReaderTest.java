package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OfferReaderTest {

    private static final ByteString ID = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(() -> 1)));

    private final OfferReader reader = new OfferReader(100);

    @Test
    void aMessageIsReadWhole() {
        assertThat(reader.read(item().build()))
                .isEqualTo(new Offer(
                        new MessageKey(new ConversationKey("app", "private_alice_bob"), "alice", ID),
                        text("hi"),
                        3,
                        new Origin("node", 9),
                        Admission.BOUNDED));
    }

    @Test
    void contentMayBeAsLargeAsTheLimit() {
        var content = text("x".repeat(96));

        assertThat(content.size()).isEqualTo(100);
        assertThat(reader.read(item().setContent(content).build()).content()).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatBreaksARuleIsRefused(ErrorCode code, UnaryOperator<SubmitItem.Builder> fault) {
        var item = fault.apply(item()).build();

        assertThatThrownBy(() -> reader.read(item))
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(ErrorCode.UNKNOWN_APP, item -> item.setAppId("an app")),
                fault(ErrorCode.INVALID_CONVERSATION, item -> item.setConversationId("private_bob_alice")),
                fault(ErrorCode.INVALID_CONVERSATION, item -> item.setConversationId("group_")),
                fault(ErrorCode.NOT_A_PARTICIPANT, item -> item.setSenderId("carol")),
                fault(ErrorCode.INVALID_CLIENT_MESSAGE_ID, item -> item.setClientMessageId(ID.substring(1))),
                fault(
                        ErrorCode.INVALID_CLIENT_MESSAGE_ID,
                        item -> item.setClientMessageId(ByteString.copyFrom(new byte[16]))),
                fault(ErrorCode.CONTENT_TOO_LARGE, item -> item.setContent(text("x".repeat(97)))),
                fault(ErrorCode.CONTENT_MISSING, item -> item.setContent(ByteString.EMPTY)),
                fault(ErrorCode.CONTENT_MISSING, item -> item.setContent(ByteString.fromHex("0aff"))),
                fault(ErrorCode.CONTENT_MISSING, item -> item.setContent(ByteString.fromHex("0a030a01ff"))));
    }

    private static Arguments fault(ErrorCode code, UnaryOperator<SubmitItem.Builder> fault) {
        return Arguments.of(code, fault);
    }

    private static SubmitItem.Builder item() {
        return SubmitItem.newBuilder()
                .setAppId("app")
                .setSenderId("alice")
                .setConversationId("private_alice_bob")
                .setClientMessageId(ID)
                .setContent(text("hi"))
                .setShapeVersion(3)
                .setIncarnation("node")
                .setConnectionId(9);
    }

    private static ByteString text(String text) {
        return MessageContent.newBuilder()
                .setText(TextContent.newBuilder().setText(text))
                .build()
                .toByteString();
    }
}
