package im.magpie.codec.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.CustomContent;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.ReadRequest;
import im.magpie.codec.protocol.TextContent;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    @Test
    void printsTheCanonicalMapping() {
        assertThat(JsonBody.print(ChatMessage.newBuilder()
                        .setConversationId("private_a_b")
                        .setSequence(-1)
                        .setServerTime(1_700_000_000_000L)
                        .setContent(MessageContent.newBuilder()
                                .setCustom(CustomContent.newBuilder()
                                        .setType("x")
                                        .setData(com.google.protobuf.ByteString.copyFrom(new byte[] {-1, 0}))))
                        .build()))
                .isEqualTo(
                        "{\"conversationId\":\"private_a_b\",\"content\":{\"custom\":{\"type\":\"x\",\"data\":\"/wA=\"}},"
                            + "\"sequence\":\"18446744073709551615\",\"serverTime\":\"1700000000000\"}");
    }

    @Test
    void readsNamesAsTheyAreInTheSchemaToo() throws Exception {
        assertThat(read("{\"app_id\":\"a\",\"userId\":\"u\"}"))
                .isEqualTo(
                        LoginRequest.newBuilder().setAppId("a").setUserId("u").build());
    }

    @Test
    void readsNullAndTheDefaultAsNothing() throws Exception {
        assertThat(read("{\"appId\":null,\"userId\":\"\",\"clientType\":0}"))
                .isEqualTo(LoginRequest.getDefaultInstance());
    }

    @Test
    void readsEnumsByNameAndByNumber() throws Exception {
        assertThat(read("{\"clientType\":\"WEB\"}").getClientType()).isEqualTo(ClientType.WEB);
        assertThat(read("{\"clientType\":6}").getClientType()).isEqualTo(ClientType.WEB);
        assertThat(read("{\"clientType\":\"ABACUS\"}").getClientType()).isEqualTo(ClientType.CLIENT_TYPE_UNSPECIFIED);
    }

    @Test
    void readsLargeNumbersInEitherForm() throws Exception {
        var max = "18446744073709551615";
        for (var number : new String[] {max, '"' + max + '"'}) {
            var body = new JsonBody(StrictJson.readObject("{\"positions\":[{\"sequence\":" + number + "}]}"))
                    .as(ReadRequest.getDefaultInstance());
            assertThat(body.getPositions(0).getSequence()).isEqualTo(-1L);
        }
    }

    @Test
    void readsTheDeepestBodyThereIs() throws Exception {
        var message = ChatMessage.newBuilder()
                .setContent(MessageContent.newBuilder()
                        .setText(TextContent.newBuilder().setText("{[{[")));
        var reply = PullReply.newBuilder()
                .addRanges(PulledRange.newBuilder().addMessages(message))
                .build();
        assertThat(new JsonBody(StrictJson.readObject(JsonBody.print(reply))).as(PullReply.getDefaultInstance()))
                .isEqualTo(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "%s", "[\"%s\"]", "-%s"})
    void refusesNumbersThatWouldTakeLongToRead(String form) {
        var digits = form.formatted("7".repeat(1_000_000));
        assertTimely(() -> assertThatExceptionOfType(InvalidProtocolBufferException.class)
                .isThrownBy(() -> new JsonBody(StrictJson.readObject("{\"positions\":[{\"sequence\":" + digits + "}]}"))
                        .as(ReadRequest.getDefaultInstance())));
        assertTimely(() -> assertThatExceptionOfType(InvalidProtocolBufferException.class)
                .isThrownBy(() -> read("{\"clientType\":" + digits + "}")));
    }

    @Test
    void leavesLongTextsThatLookLikeNumbers() throws Exception {
        var digits = "7".repeat(100_000);
        assertThat(read("{\"userSig\":\"" + digits + "\"}").getUserSig()).isEqualTo(digits);
    }

    @Test
    void refusesNestingBeyondTheLimitEvenWhereItIgnoresTheField() {
        var inside = StrictJson.MAX_DEPTH - 1;
        assertThatCode(() -> read(nested(inside))).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidProtocolBufferException.class).isThrownBy(() -> read(nested(inside + 1)));
        assertThatExceptionOfType(InvalidProtocolBufferException.class).isThrownBy(() -> read(nested(300_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud83d\"", "\"\\udc26\\ud83d\"", "[\"\\ud83d\"]", "{\"a\":\"\\udc26\"}"})
    void refusesHalfACharacter(String value) {
        assertThatExceptionOfType(InvalidProtocolBufferException.class)
                .isThrownBy(() -> read("{\"someday\":" + value + "}"));
    }

    @Test
    void readsACharacterInTwoEscapes() throws Exception {
        assertThat(read("{\"appId\":\"\\ud83d\\udc26\"}").getAppId()).isEqualTo("\uD83D\uDC26");
    }

    @Test
    void readsAndWritesUtf8() throws Exception {
        var out = Unpooled.buffer();
        var login = LoginRequest.newBuilder().setUserId("喜鹊 \uD83D\uDC26").build();
        JsonBody.write(login, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"userId\":\"喜鹊 \uD83D\uDC26\"}");
        assertThat(JsonBody.ofUtf8(out).as(LoginRequest.getDefaultInstance())).isEqualTo(login);
    }

    private static void assertTimely(Runnable reading) {
        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(2), reading::run);
    }

    private static String nested(int levels) {
        return "{\"someday\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    private static LoginRequest read(String text) throws InvalidProtocolBufferException {
        return new JsonBody(StrictJson.readObject(text)).as(LoginRequest.getDefaultInstance());
    }
}
