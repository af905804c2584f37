package im.magpie.e2e.group;

import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.Await;

/** Somebody's device, and whether it is in use. */
final class Handset {

    private enum State {
        ON,
        OFF,
        GONE
    }

    private final Device device;
    private State state = State.ON;

    /** @param device that is started */
    Handset(Device device) {
        this.device = device;
    }

    Device device() {
        return device;
    }

    String userId() {
        return device.owner().userId();
    }

    boolean isOn() {
        return state == State.ON;
    }

    /** Returns whether it was given away. */
    boolean isGone() {
        return state == State.GONE;
    }

    /** Closes the app, or opens it. */
    void toggle() {
        if (isOn()) {
            device.goesOffline();
            state = State.OFF;
        } else {
            open();
        }
    }

    /** Opens the app if it is closed. */
    void open() {
        if (state == State.OFF) {
            device.start();
            state = State.ON;
        }
    }

    /** Logs out for good. */
    void giveAway() {
        open();
        People.outcome(device.client().ready());
        device.logsOut();
        state = State.GONE;
    }

    /** Returns when the device is online and has nothing to send any more. */
    void awaitSent() {
        People.outcome(device.client().ready());
        Await.until(
                device + " has sent everything",
                () -> People.outcome(device.client().unsent()) == 0);
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(device, state);
    }
}
