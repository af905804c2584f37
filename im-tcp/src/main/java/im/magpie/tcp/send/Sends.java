package im.magpie.tcp.send;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SendReply;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.UnansweredLimit;
import im.magpie.tcp.lane.Lanes;
import im.magpie.tcp.lane.PendingSend;
import im.magpie.tcp.lane.SendAnswer;
import im.magpie.tcp.rate.ConnectionRate;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sends of one connection. Used by its event loop only. */
public final class Sends {

    /** What names a message among those of one sender. */
    private record Name(String conversationId, String clientMessageId) {}

    /** A message on its way since a {@link System#nanoTime}, the requests that wait for what becomes of it, and the span that follows it. */
    private record UnderWay(long since, List<Request.Send> requests, Span span) {}

    private final Connection connection;
    private final SendChecks checks;
    private final Lanes lanes;
    private final SendMeters meters;
    private final Tracing tracing;
    private final Map<Name, UnderWay> underWay = new HashMap<>();

    public Sends(Connection connection, SendChecks checks, Lanes lanes, SendMeters meters, Tracing tracing) {
        this.connection = connection;
        this.checks = checks;
        this.lanes = lanes;
        this.meters = meters;
        this.tracing = tracing;
    }

    /**
     * Brings a message on its way. One that is under way already is not offered twice: both requests get its answer.
     */
    public void send(Request.Send request) {
        var name = name(request);
        if (isUnderWay(name, request)) {
            return;
        }
        var since = System.nanoTime();
        try {
            var item = checks.checked(request.body(), connection);
            var span = tracing.begin("SEND");
            var send = new PendingSend(followed(item, span), answer -> connection.execute(() -> answer(name, answer)));
            underWay.put(name, new UnderWay(since, new ArrayList<>(List.of(request)), span));
            if (!lanes.offer(send)) {
                answer(name, lanes.busy());
            }
        } catch (MagpieException e) {
            refuse(request, e, since);
        }
    }

    /** Nothing is copied for a message that nobody follows. */
    private static SubmitItem followed(SubmitItem item, Span span) {
        return span.isRecording()
                ? item.toBuilder().setTrace(Tracing.carried(span)).build()
                : item;
    }

    private void refuse(Request.Send request, MagpieException reason, long since) {
        meters.answered(reason.code(), since);
        connection.write(Failure.of(request, reason.code(), String.valueOf(reason.getMessage())));
    }

    /**
     * Refuses a message because its connection goes on too fast, unless it is under way already. What follows it to its
     * conversation waits for its return.
     */
    public void refuseForRate(Request.Send request, int retryAfterMillis) {
        if (isUnderWay(name(request), request)) {
            return;
        }
        var since = System.nanoTime();
        try {
            lanes.hold(new PendingSend(checks.checked(request.body(), connection), _ -> {}));
            meters.answered(ErrorCode.RATE_LIMITED, since);
            connection.write(Failure.of(request, ErrorCode.RATE_LIMITED, ConnectionRate.TOO_FAST, retryAfterMillis));
        } catch (MagpieException e) {
            refuse(request, e, since);
        }
    }

    private static Name name(Request.Send request) {
        return new Name(request.body().getConversationId(), request.body().getClientMessageId());
    }

    /** Lets a request wait for the answer of the one that brought the same message on its way, if there is one. */
    private boolean isUnderWay(Name name, Request.Send request) {
        var waiting = underWay.get(name);
        return waiting != null && waiting.requests().add(request);
    }

    private void answer(Name name, SendAnswer answer) {
        var waiting = underWay.remove(name);
        if (waiting == null) {
            return;
        }
        var requests = waiting.requests();
        end(waiting.span(), answer);
        switch (answer) {
            case SendAnswer.Acknowledged done -> {
                meters.answered(ErrorCode.OK, waiting.since());
                requests.forEach(request -> connection.write(acknowledgement(request, done)));
            }
            case SendAnswer.Refused refused -> {
                meters.answered(refused.code(), waiting.since());
                requests.forEach(request -> connection.write(
                        Failure.of(request, refused.code(), refused.message(), refused.retryAfterMillis())));
            }
            case SendAnswer.Unanswered _ -> {
                meters.unanswered(waiting.since());
                UnansweredLimit.forget(connection, requests.size());
            }
        }
    }

    private static void end(Span span, SendAnswer answer) {
        if (!span.isRecording()) {
            return;
        }
        switch (answer) {
            case SendAnswer.Acknowledged done -> span.setAttribute("magpie.sequence", done.sequence());
            case SendAnswer.Refused refused ->
                span.setStatus(StatusCode.ERROR, refused.code().name());
            case SendAnswer.Unanswered _ -> span.setStatus(StatusCode.ERROR, "UNANSWERED");
        }
        span.end();
    }

    private static Reply acknowledgement(Request.Send request, SendAnswer.Acknowledged done) {
        var conversation = request.body().getConversationId();
        return new Reply.SendOk(
                request.requestId(),
                SendReply.newBuilder()
                        .setMessageId(conversation + ":" + done.sequence())
                        .setSequence(done.sequence())
                        .setOrdinal(done.ordinal())
                        .setServerTime(done.serverTime())
                        .build());
    }
}
