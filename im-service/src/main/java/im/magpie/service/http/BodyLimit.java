package im.magpie.service.http;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Reads no more of a body than any of our requests needs. */
@ControllerAdvice
final class BodyLimit extends RequestBodyAdviceAdapter {

    static final int MAX_BYTES = 65_536;

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        var bytes = message.getBody().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new MagpieException(
                    ErrorCode.CONTENT_TOO_LARGE, "a request's body has at most " + MAX_BYTES + " bytes");
        }
        return new Bounded(message.getHeaders(), new ByteArrayInputStream(bytes));
    }

    private record Bounded(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {}
}
