package im.magpie.common.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;

class TracingTest {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    private Tracing tracing(double sampling) {
        return Tracing.of("im-tcp", "gateway-1", sampling, SimpleSpanProcessor.create(exporter));
    }

    @Test
    void aMessageIsFollowedFromOneServiceToTheNext() {
        var gateway = tracing(1);
        var service = tracing(0);
        var send = gateway.begin("SEND");
        var carried = Tracing.carried(send);
        assertThat(carried.size()).isEqualTo(24);
        var begin = service.now();
        service.step("accept", SpanKind.INTERNAL, carried, begin, 3);
        service.resume("submit", SpanKind.SERVER, carried).end();
        send.end();

        var spans = exporter.getFinishedSpanItems();
        assertThat(spans).extracting(SpanData::getName).containsExactly("accept", "submit", "SEND");
        assertThat(spans)
                .extracting(SpanData::getTraceId)
                .containsOnly(spans.getLast().getTraceId());
        assertThat(spans.subList(0, 2))
                .extracting(SpanData::getParentSpanId)
                .containsOnly(spans.getLast().getSpanId());
        assertThat(spans.getFirst().getStartEpochNanos())
                .isLessThanOrEqualTo(spans.getFirst().getEndEpochNanos());
        assertThat(spans.getLast().getResource().getAttributes().asMap().values())
                .contains("im-tcp", "gateway-1");
    }

    @Test
    void whatIsNotFollowedCarriesNothing() {
        var tracing = tracing(0);
        var send = tracing.begin("SEND");
        assertThat(Tracing.carried(send)).isEmpty();
        send.end();
        tracing.resume("submit", SpanKind.SERVER, ByteString.EMPTY).end();
        tracing.step("check", SpanKind.CLIENT, ByteString.EMPTY, 0, 1);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void offMakesNothing() {
        var off = Tracing.off();
        assertThat(off.on()).isFalse();
        assertThat(off.begin("SEND")).isSameAs(Span.getInvalid());
        assertThat(off.resume("submit", SpanKind.SERVER, ByteString.copyFrom(new byte[24])))
                .isSameAs(Span.getInvalid());
        assertThat(Tracing.carried(Span.getInvalid())).isSameAs(ByteString.EMPTY);
        assertThat(off.now()).isZero();
    }

    @Test
    void bytesThatNameNoSpanBeginATraceOfTheirOwnRatherThanFail() {
        tracing(1)
                .resume("submit", SpanKind.SERVER, ByteString.copyFromUtf8("garbage"))
                .end();
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    }
}
