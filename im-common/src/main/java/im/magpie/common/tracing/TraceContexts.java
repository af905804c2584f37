package im.magpie.common.tracing;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What W3C's {@code traceparent} says, as 24 bytes: the trace's id and the span's. Only messages that are followed carry it, so it needs no flag.
 */
final class TraceContexts {

    private static final int LENGTH = TraceId.getLength() / 2 + SpanId.getLength() / 2;

    /** Returns what names the span to others; nothing for one that nobody records. */
    static ByteString of(Span span) {
        var context = span.getSpanContext();
        if (!context.isValid() || !context.isSampled()) {
            return ByteString.EMPTY;
        }
        var bytes = ByteBuffer.allocate(LENGTH).put(context.getTraceIdBytes()).put(context.getSpanIdBytes());
        return ByteString.copyFrom(bytes.flip());
    }

    /** Returns the context of what comes below the span that the bytes name, or none where they name none. */
    static Context parent(ByteString bytes) {
        if (bytes.size() != LENGTH) {
            return Context.root();
        }
        var text = HexFormat.of().formatHex(bytes.toByteArray());
        var parent = SpanContext.createFromRemoteParent(
                text.substring(0, TraceId.getLength()),
                text.substring(TraceId.getLength()),
                TraceFlags.getSampled(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    private TraceContexts() {}
}
