package im.magpie.codec.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.body.Body;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.Requests;
import im.magpie.codec.packet.ServerPackets;
import im.magpie.codec.protocol.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of commands names the kind of each and its bodies as the codec has them. */
class CommandTableTest {

    private static final Body EMPTY = new Body() {
        @Override
        @SuppressWarnings("unchecked")
        public <M extends Message> M as(M prototype) {
            return (M) prototype.getDefaultInstanceForType();
        }
    };

    @ParameterizedTest
    @MethodSource("rows")
    void namesKindAndBodies(List<String> row) throws InvalidProtocolBufferException {
        var number = Integer.parseInt(row.getFirst());
        var request = Requests.of(number, 1, EMPTY);
        var answer = ServerPackets.of(number, ErrorCode.OK_VALUE, 1, EMPTY);
        assertThat(row.subList(2, 5)).containsExactly(kind(request, answer), body(request, answer), answerBody(answer));
    }

    static List<List<String>> rows() {
        return new ProtocolDocument().numberedRows("5. Commands");
    }

    private static String kind(Request request, @Nullable Packet answer) {
        if (request.isNotice()) {
            return answer instanceof Push ? "notice, push" : "notice";
        }
        return request instanceof Request.Unknown ? "push" : "request";
    }

    private static String body(Request request, @Nullable Packet answer) {
        return answer instanceof Push push ? name(push) : name(request);
    }

    private static String answerBody(@Nullable Packet answer) {
        return answer instanceof Reply reply ? name(reply) : "";
    }

    private static String name(Packet packet) {
        return packet.body().getDescriptorForType().getName();
    }
}
