package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** When an app was open on a device, and how often it came online. */
public final class Life {

    private final DeviceName device;
    private final List<Event.Started> starts = new ArrayList<>();
    private final List<Event.Stopped> stops = new ArrayList<>();
    private final List<Event.Kicked> kicks = new ArrayList<>();
    private int reconnects;
    private boolean wasOnline;
    private long resends;

    Life(DeviceName device) {
        this.device = device;
    }

    void started(Event.Started event) {
        starts.add(event);
        wasOnline = false;
    }

    void stopped(Event.Stopped event) {
        stops.add(event);
    }

    void kicked(Event.Kicked event) {
        kicks.add(event);
    }

    void connected() {
        reconnects += wasOnline ? 1 : 0;
        wasOnline = true;
    }

    void resent(long times) {
        resends += times;
    }

    public DeviceName device() {
        return device;
    }

    /** Returns when the app was opened; the first time its memory was empty. */
    public List<Event.Started> starts() {
        return Collections.unmodifiableList(starts);
    }

    /** Returns when the server turned it out. */
    public List<Event.Kicked> kicks() {
        return Collections.unmodifiableList(kicks);
    }

    /** Returns how often it came online again without having been opened. */
    public int reconnects() {
        return reconnects;
    }

    /** Returns how often it offered messages again. */
    public long resends() {
        return resends;
    }

    /** Returns whether the app stays open from a moment to the end. */
    public boolean lastsFrom(long at) {
        return !starts.isEmpty() && stops.stream().noneMatch(stop -> stop.at() >= at) && isOpenInTheEnd();
    }

    /** Returns whether the app is open in the end. */
    public boolean isOpenInTheEnd() {
        return starts.size() > stops.size();
    }
}
