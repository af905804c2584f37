package im.magpie.client;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks for operations on groups and rooms, over the connection that there is or the next ones, until the server's answer is final or the time for a reply is
 * over. Each of them may be repeated, so nothing is done twice. Used by the client's loop only.
 */
final class RepeatedCalls implements LinkUser {

    private final EventLoop loop;
    private final Callbacks callbacks;
    private final Timings timings;
    private final Set<Call> open = new LinkedHashSet<>();
    private @Nullable Link link;

    RepeatedCalls(EventLoop loop, Callbacks callbacks, Timings timings) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.timings = timings;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        List.copyOf(open).forEach(Call::offer);
    }

    @Override
    public void offline() {
        link = null;
        open.forEach(call -> call.underWay = false);
    }

    /**
     * Asks.
     *
     * @param request makes the request from its request id
     * @param answered takes the reply, which is no failure
     * @param future fails where there is none, when the time is over, with what has hindered it
     */
    void ask(IntFunction<Request> request, Consumer<Reply> answered, CompletableFuture<?> future) {
        var call = new Call(request, answered, future);
        open.add(call);
        call.offer();
    }

    /** Tells everybody who waits that there will be no answer. */
    void abandon(RequestFailedException why) {
        List.copyOf(open).forEach(call -> call.fail(why));
    }

    private final class Call {

        private final IntFunction<Request> request;
        private final Consumer<Reply> answered;
        private final CompletableFuture<?> future;
        private final Future<?> end;
        private RequestFailedException hindrance = RequestFailedException.noAnswer("there is no connection");
        private boolean underWay;

        private Call(IntFunction<Request> request, Consumer<Reply> answered, CompletableFuture<?> future) {
            this.request = request;
            this.answered = answered;
            this.future = future;
            this.end = loop.schedule(() -> fail(hindrance), timings.reply().toNanos(), TimeUnit.NANOSECONDS);
        }

        private void offer() {
            var to = link;
            if (to == null || underWay || !open.contains(this)) {
                return;
            }
            underWay = true;
            hindrance = RequestFailedException.noAnswer("no reply in " + timings.reply());
            to.request(request, timings.reply(), reply -> {
                if (to == link && open.contains(this)) {
                    underWay = false;
                    take(to, reply);
                }
            });
        }

        private void take(Link from, Reply reply) {
            if (!(reply instanceof Reply.Failure failure)) {
                close();
                answered.accept(reply);
                return;
            }
            hindrance = RequestFailedException.of(failure);
            if (Retry.helps(failure.code())) {
                from.later(Retry.after(failure, timings), this::offer);
            } else {
                fail(hindrance);
            }
        }

        private void fail(RequestFailedException why) {
            close();
            callbacks.fail(future, why);
        }

        private void close() {
            open.remove(this);
            end.cancel(false);
        }
    }
}
