package im.magpie.client.room;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.Retry;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.EnterRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One room that the device is in, or wants to be in, from entering to leaving. Used by the client's loop only. */
final class Visit {

    private enum State {
        OUT,
        ASKING,
        IN
    }

    private final String roomId;
    private final Visits visits;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private final Gaps gaps = new Gaps();
    private final Repeats repeats = new Repeats();
    private RoomListener listener = new RoomListener() {};
    private Reply.Failure hindrance = Link.noAnswer("there is no connection");
    private State state = State.OUT;
    private boolean doubtful;
    private boolean wasIn;
    private boolean lost;
    private long missed;

    Visit(String roomId, Visits visits) {
        this.roomId = roomId;
        this.visits = visits;
    }

    String roomId() {
        return roomId;
    }

    boolean isIn() {
        return state == State.IN;
    }

    void enter(RoomListener other, Consumer<Reply> answered) {
        listener = other;
        waiting.add(new Waiting(answered));
        askAgain();
    }

    /** Asks to be let in, also where it was so already. */
    void askAgain() {
        if (state == State.IN) {
            state = State.OUT;
        }
        ask();
    }

    /** The server may have put the device out after it was asked to let it in: asks again, once that is answered. */
    void doubt() {
        if (state == State.ASKING) {
            doubtful = true;
        } else {
            askAgain();
        }
    }

    /** Asks to be let in, if there is a connection and it has not done so yet. */
    void ask() {
        var to = visits.link();
        if (to == null || state != State.OUT || visits.visit(roomId) != this) {
            return;
        }
        state = State.ASKING;
        doubtful = false;
        hindrance = Link.noAnswer("no reply in " + visits.timings.reply());
        var request = RoomRequest.newBuilder()
                .setRoomId(roomId)
                .setEnter(EnterRoom.getDefaultInstance())
                .build();
        to.request(id -> new Request.Room(id, request), visits.timings.reply(), reply -> {
            if (to == visits.link()) {
                answered(to, reply);
            }
        });
    }

    private void answered(Link from, Reply reply) {
        state = State.OUT;
        if (visits.visit(roomId) == null && reply instanceof Reply.RoomOk) {
            visits.leaveUnasked(roomId);
        } else if (visits.visit(roomId) == this) {
            take(from, reply);
        }
    }

    private void take(Link from, Reply reply) {
        switch (reply) {
            case Reply.RoomOk _ when doubtful -> ask();
            case Reply.RoomOk ok -> entered(ok);
            case Reply.Failure failure
            when Retry.helps(failure.code()) -> {
                hindrance = failure;
                from.later(Retry.after(failure, visits.timings), this::ask);
            }
            case Reply.Failure failure -> visits.out(this, failure);
            default -> visits.out(this, Link.failure(ErrorCode.INTERNAL, "answered with " + reply.command()));
        }
    }

    private void entered(Reply.RoomOk ok) {
        state = State.IN;
        if (lost) {
            var told = listener;
            visits.thread.call(() -> told.onReturn(ok.body().getRoom()));
        }
        wasIn = true;
        lost = false;
        answer(ok);
        visits.sayings.offer(roomId);
    }

    void offline() {
        state = State.OUT;
        lost = wasIn;
    }

    /** Everybody who waits to be in hears of it. */
    void answer(Reply reply) {
        List.copyOf(waiting).forEach(waiter -> waiter.take(reply));
    }

    void hear(RoomMessage message) {
        missed += gaps.before(message);
        if (repeats.has(message)) {
            return;
        }
        switch (message.getWhatCase()) {
            case EVENT -> tell(told -> told.onEvent(message));
            case CONTENT -> {
                if (visits.thread.hasTimeFor(message.getPriority())) {
                    tell(told -> told.onMessage(message));
                } else {
                    missed++;
                }
            }
            case WHAT_NOT_SET -> {
                // What a later server says is nothing to this client.
            }
        }
    }

    private void tell(Consumer<RoomListener> call) {
        var told = listener;
        var before = missed;
        missed = 0;
        visits.thread.call(() -> {
            if (before > 0) {
                told.onMissed(roomId, before);
            }
            call.accept(told);
        });
    }

    void tellOut(ErrorCode why) {
        if (wasIn) {
            tell(told -> told.onOut(roomId, why));
        }
    }

    private void giveUp(Waiting waiter) {
        waiter.take(hindrance);
        if (!wasIn && waiting.isEmpty() && visits.visit(roomId) == this) {
            var asking = state == State.ASKING;
            visits.drop(roomId, hindrance);
            if (asking) {
                visits.leaveUnasked(roomId);
            }
        }
    }

    /** Somebody who wants to know when the device is in. */
    private final class Waiting {

        private final Consumer<Reply> answered;
        private final Future<?> end;

        private Waiting(Consumer<Reply> answered) {
            this.answered = answered;
            this.end = visits.loop.schedule(
                    () -> giveUp(this), visits.timings.reply().toNanos(), TimeUnit.NANOSECONDS);
        }

        private void take(Reply reply) {
            waiting.remove(this);
            end.cancel(false);
            answered.accept(reply);
        }
    }
}
