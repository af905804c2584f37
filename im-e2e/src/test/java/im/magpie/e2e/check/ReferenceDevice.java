package im.magpie.e2e.check;

import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A device: its app, what it was shown, what it has yet to send in each conversation, and what it waits for. */
final class ReferenceDevice {

    final DeviceName name;
    /** How many entries of a timeline it has come past. */
    final Map<String, Integer> shown = new HashMap<>();
    /** The last change of each message that it knows of. */
    final Map<String, Long> states = new HashMap<>();

    final Map<String, Deque<Asked>> queues = new HashMap<>();
    final Map<Asked, Outcome> done = new LinkedHashMap<>();
    /** Of these it was told that nobody knows. */
    final Set<Asked> told = new HashSet<>();

    boolean open;

    /** What it was asked to do. */
    record Asked(long operation, ReferenceDevice device, Operation what) {}

    ReferenceDevice(DeviceName name) {
        this.name = name;
    }
}
