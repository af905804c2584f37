package im.magpie.client.room;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.Retry;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomSendRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says things in rooms, for as long as a reply is waited for: again where no answer came, over the next connection when the device is in the room again. What
 * the server has no room for is not said again: it would come too late, and be in the way of what is said then. Used by the client's loop only.
 */
final class Sayings {

    /** How many may wait. */
    static final int MOST = 1_000;

    private final Visits visits;
    private final Set<Saying> open = new LinkedHashSet<>();

    Sayings(Visits visits) {
        this.visits = visits;
    }

    void add(RoomSendRequest message, Consumer<Reply> answered) {
        if (open.size() >= MOST) {
            answered.accept(Link.failure(ErrorCode.BUSY, MOST + " messages are waiting to be said"));
            return;
        }
        var saying = new Saying(message, answered);
        open.add(saying);
        saying.offer();
    }

    void offerAll() {
        List.copyOf(open).forEach(Saying::offer);
    }

    void offer(String roomId) {
        List.copyOf(open).stream().filter(saying -> saying.isIn(roomId)).forEach(Saying::offer);
    }

    void offline() {
        open.forEach(Saying::offline);
    }

    /** What is not under way will not be offered any more. */
    void refuse(String roomId, Reply.Failure why) {
        List.copyOf(open).stream()
                .filter(saying -> saying.isIn(roomId) && !saying.underWay)
                .forEach(saying -> saying.refuse(why));
    }

    void abandon(Reply.Failure why) {
        List.copyOf(open).forEach(saying -> saying.end(why));
    }

    private final class Saying {

        private final RoomSendRequest message;
        private final Consumer<Reply> answered;
        private final Future<?> deadline;
        private Reply.Failure hindrance = Link.noAnswer("there is no connection");
        private boolean underWay;
        private boolean perhapsSaid;
        private boolean askedWhetherIn;

        private Saying(RoomSendRequest message, Consumer<Reply> answered) {
            this.message = message;
            this.answered = answered;
            this.deadline = visits.loop.schedule(
                    () -> end(hindrance), visits.timings.reply().toNanos(), TimeUnit.NANOSECONDS);
        }

        private boolean isIn(String roomId) {
            return message.getRoomId().equals(roomId);
        }

        private void offer() {
            var to = visits.link();
            var visit = visits.visit(message.getRoomId());
            if (to == null || underWay || !open.contains(this) || (visit != null && !visit.isIn())) {
                return;
            }
            underWay = true;
            hindrance = Link.noAnswer("no reply in " + visits.timings.reply());
            to.request(id -> new Request.RoomSend(id, message), visits.timings.reply(), reply -> {
                if (to == visits.link() && open.contains(this)) {
                    underWay = false;
                    take(to, reply);
                }
            });
        }

        private void take(Link from, Reply reply) {
            if (!(reply instanceof Reply.Failure failure)) {
                end(reply);
                return;
            }
            switch (failure.code()) {
                case RATE_LIMITED, BUSY -> refuse(failure);
                case NOT_IN_ROOM -> askWhetherIn(failure);
                default -> {
                    if (Retry.helps(failure.code())) {
                        hindrance = failure;
                        perhapsSaid = true;
                        from.later(Retry.after(failure, visits.timings), this::offer);
                    } else {
                        refuse(failure);
                    }
                }
            }
        }

        /** The server has put the device out, of which no word came: why, it learns from entering. */
        private void askWhetherIn(Reply.Failure failure) {
            var visit = visits.visit(message.getRoomId());
            if (visit == null || askedWhetherIn) {
                refuse(failure);
                return;
            }
            askedWhetherIn = true;
            if (visit.isIn()) {
                visit.askAgain();
            }
        }

        private void offline() {
            perhapsSaid |= underWay;
            underWay = false;
        }

        /** It was not said this time; of an earlier one that is not known. */
        private void refuse(Reply.Failure why) {
            end(perhapsSaid ? Link.noAnswer("no answer at first, and then " + why.code()) : why);
        }

        private void end(Reply last) {
            if (open.remove(this)) {
                deadline.cancel(false);
                answered.accept(last);
            }
        }
    }
}
