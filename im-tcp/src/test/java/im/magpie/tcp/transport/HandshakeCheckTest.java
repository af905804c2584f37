package im.magpie.tcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeCheckTest {

    private static @Nullable HttpResponseStatus refusal(
            String uri, @Nullable String origin, List<String> allowedOrigins) {
        var channel = new EmbeddedChannel(new HandshakeCheck("/im", allowedOrigins));
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
        if (origin != null) {
            request.headers().set("Origin", origin);
        }
        channel.writeInbound(request);
        FullHttpRequest passed = channel.readInbound();
        if (passed != null) {
            passed.release();
            return null;
        }
        FullHttpResponse response = channel.readOutbound();
        assertThat(channel.isOpen()).isFalse();
        assertThat(request.refCnt()).isZero();
        return response.status();
    }

    @ParameterizedTest
    @CsvSource({
        "/im, https://chat.example,",
        "/im?x=1, https://chat.example,",
        "/im, https://evil.example, 403",
        "/im, null, 403",
        "/, https://chat.example, 404",
        "/im/, https://chat.example, 404",
        "/impostor, https://chat.example, 404"
    })
    void letsPagesOfAllowedOriginsIn(String uri, String origin, @Nullable Integer status) {
        var refusal = refusal(uri, origin, List.of("https://chat.example"));
        assertThat(refusal == null ? null : refusal.code()).isEqualTo(status);
    }

    @Test
    void letsInWhatIsNoPage() {
        assertThat(refusal("/im", null, List.of())).isNull();
        assertThat(refusal("/im", "https://any.example", List.of())).isEqualTo(HttpResponseStatus.FORBIDDEN);
    }

    @Test
    void letsEveryPageInWhereAllAreAllowed() {
        assertThat(refusal("/im", "https://any.example", List.of("*"))).isNull();
    }
}
