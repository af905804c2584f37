package im.magpie.common.tracing;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows messages. A message that is followed carries the bytes that name the span above, through calls and envelopes; batches carry many, so what a batch
 * does is a span of each message in it that is followed, and none of the batch's own. Safe for use by many threads.
 */
public final class Tracing implements AutoCloseable {

    private static final Tracing OFF = new Tracing(null);

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    private Tracing(@Nullable SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider == null ? null : provider.get("im.magpie");
    }

    /** Follows nothing, and makes nothing. */
    public static Tracing off() {
        return OFF;
    }

    /**
     * Follows a part of the messages.
     *
     * @param service names the service in each of its spans
     * @param node names the process
     * @param sampling which part of those messages is followed that begin here
     * @param processor takes the spans, and is closed with this
     */
    public static Tracing of(String service, String node, double sampling, SpanProcessor processor) {
        var resource = Resource.builder()
                .put("service.name", service)
                .put("service.instance.id", node)
                .build();
        return new Tracing(SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampling)))
                .addSpanProcessor(processor)
                .build());
    }

    /** Returns whether any message is followed. */
    public boolean on() {
        return tracer != null;
    }

    /** Begins to follow a message, or returns a span that records nothing: tracing is off, or the message is not among those that are followed. */
    public Span begin(String name) {
        return tracer == null
                ? Span.getInvalid()
                : tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.SERVER)
                        .setNoParent()
                        .startSpan();
    }

    /** Goes on with a message that somebody else has begun to follow; a span that records nothing for one that nobody follows. */
    public Span resume(String name, SpanKind kind, ByteString above) {
        return tracer == null || above.isEmpty()
                ? Span.getInvalid()
                : tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(TraceContexts.parent(above))
                        .startSpan();
    }

    /**
     * Records a step that a followed message has just made, together with others.
     *
     * @param above names the span above; empty for a message that nobody follows, of which nothing is recorded
     * @param begin when the step began, by {@link #now}
     * @param batch how many messages made it together
     */
    public void step(String name, SpanKind kind, ByteString above, long begin, int batch) {
        if (tracer == null || above.isEmpty()) {
            return;
        }
        tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(TraceContexts.parent(above))
                .setStartTimestamp(begin, TimeUnit.NANOSECONDS)
                .setAttribute("magpie.batch.size", batch)
                .startSpan()
                .end();
    }

    /** Returns the time for {@link #step}, Unix nanoseconds; 0 when tracing is off. */
    public long now() {
        if (tracer == null) {
            return 0;
        }
        var now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Returns the bytes by which a message carries a span to others; empty for one that records nothing. */
    public static ByteString carried(Span span) {
        return TraceContexts.of(span);
    }

    /** Sends what is recorded, and stops. */
    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }
}
