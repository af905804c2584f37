package im.magpie.service.pipeline;

import com.google.protobuf.ByteString;
import im.magpie.common.tracing.Tracing;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.PendingMessage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;

/** What is followed of messages in this service: each from its offer to its answer, and the steps that it makes together with others. */
final class MessageTraces {

    private final Tracing tracing;

    MessageTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** The offers of one call, and the spans of those that are followed. */
    record Followed(List<Offer> offers, List<Span> spans) {

        void end() {
            spans.forEach(Span::end);
        }
    }

    Followed follow(List<Offer> offers) {
        if (!tracing.on()) {
            return new Followed(offers, List.of());
        }
        var followed = new ArrayList<Offer>(offers.size());
        var spans = new ArrayList<Span>();
        for (var offer : offers) {
            var span = tracing.resume("pipeline", SpanKind.SERVER, offer.trace());
            if (span.isRecording()) {
                span.setAttribute("magpie.conversation", offer.conversation().conversationId());
                spans.add(span);
                followed.add(offer.followedBy(Tracing.carried(span)));
            } else {
                followed.add(offer.followedBy(ByteString.EMPTY));
            }
        }
        return new Followed(followed, spans);
    }

    long begin() {
        return tracing.now();
    }

    void accepted(List<Offer> offers, long begin) {
        if (tracing.on()) {
            offers.forEach(offer -> tracing.step("accept", SpanKind.CLIENT, offer.trace(), begin, offers.size()));
        }
    }

    void stored(List<PendingMessage> messages, long begin) {
        step("store", SpanKind.PRODUCER, messages, begin);
    }

    void settled(List<PendingMessage> messages, long begin) {
        step("settle", SpanKind.CLIENT, messages, begin);
    }

    private void step(String name, SpanKind kind, List<PendingMessage> messages, long begin) {
        if (tracing.on()) {
            messages.forEach(
                    pending -> tracing.step(name, kind, pending.message().getTrace(), begin, messages.size()));
        }
    }
}
