package im.magpie.tcp.room;

import java.util.Iterator;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writing of one parcel to the connections of a room that one event loop serves. For that event loop. */
final class Pass {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final Parcel parcel;
    private final Iterator<Visit> rest;
    private final Consumer<Visit> onOut;
    private final Runnable onDone;
    private final RoomMeters meters;

    /**
     * Makes one that has written nothing.
     *
     * @param onOut hears of each visit that is over by this parcel, once it is written
     * @param onDone is run once, at the end
     */
    Pass(Parcel parcel, Iterator<Visit> visits, Consumer<Visit> onOut, Runnable onDone, RoomMeters meters) {
        this.parcel = parcel;
        this.rest = visits;
        this.onOut = onOut;
        this.onDone = onDone;
        this.meters = meters;
    }

    /** Writes to so many connections at most, and returns how many those were: fewer only at the end. */
    int write(int most) {
        var written = 0;
        for (; written < most && rest.hasNext(); written++) {
            writeTo(rest.next());
        }
        return written;
    }

    boolean done() {
        return !rest.hasNext();
    }

    /** Returns how many bytes one connection gets. */
    int size() {
        return parcel.size();
    }

    /** It is over, whether all was written or the event loop has ended. */
    void end() {
        onDone.run();
    }

    /** One connection's fault is not the others'. */
    private void writeTo(Visit visit) {
        try {
            write(visit);
        } catch (RuntimeException e) {
            LOG.error(
                    "{} was not told what is said in a room", visit.connection().channel(), e);
        }
    }

    private void write(Visit visit) {
        var deliveries = visit.connection().deliveries();
        var events = parcel.events();
        if (parcel.allEvents()) {
            deliveries.insist(parcel.all());
            meters.written();
        } else if (deliveries.spare(parcel.all())) {
            meters.written();
        } else {
            meters.skipped();
            if (events != null) {
                deliveries.insist(events);
            }
        }
        var out = parcel.out();
        if (out != null && out.test(visit)) {
            onOut.accept(visit);
        }
    }
}
