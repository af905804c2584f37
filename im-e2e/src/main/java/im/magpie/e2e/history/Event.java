package im.magpie.e2e.history;

import java.util.List;

/** One line of a history. Times are monotonic, in nanoseconds since the history began, and never fall from one line to the next. */
public sealed interface Event {

    long at();

    /**
     * The first line.
     *
     * @param version of the form of the lines
     * @param seed what the run was made from
     * @param patience how long, in nanoseconds, devices may take to agree once everything is quiet
     */
    record Began(long at, int version, long seed, long patience) implements Event {

        /** The form that this code writes. */
        public static final int VERSION = 2;
    }

    /** These people share a conversation, and all of them have to see all of it. */
    record Introduced(long at, String conversation, List<String> people) implements Event {}

    /** Some of these people are to share a group: its own events say who is in it, and from where to where. */
    record Founded(long at, String conversation, List<String> people) implements Event {}

    /** Somebody opened the app on a device. The first time it has an empty memory, and later the one that it had. */
    record Started(long at, DeviceName device) implements Event {}

    /** The app was closed. What was told to it before may still be shown a moment later. */
    record Stopped(long at, DeviceName device) implements Event {}

    /**
     * How often the app has offered messages again, from its last start to its end or to the history's.
     *
     * @param times of all messages together
     */
    record Resent(long at, DeviceName device, long times) implements Event {}

    /** The server has turned the device out: it does not connect again by itself. */
    record Kicked(long at, DeviceName device, String why) implements Event {}

    /** The app has a connection. */
    record Connected(long at, DeviceName device) implements Event {}

    /** The app has none any more. */
    record Disconnected(long at, DeviceName device) implements Event {}

    /**
     * Somebody asks for something. Written before the device hears of it; those of one device in the order in which it does.
     *
     * @param operation a number that no other line of this kind has
     */
    record Invoked(long at, long operation, DeviceName device, Operation what) implements Event {}

    /** What an operation came to. Written after the device was told. What has no such line was never answered. */
    record Completed(long at, long operation, Outcome outcome) implements Event {}

    /** A device hands a message to the app. */
    sealed interface Told extends Event {

        DeviceName device();

        String conversation();

        Entry entry();
    }

    /** It is new to the device. */
    record Shown(long at, DeviceName device, String conversation, Entry entry) implements Told {}

    /** The device has it already, and this is its newest state. */
    record Changed(long at, DeviceName device, String conversation, Entry entry) implements Told {}

    /** A device was told how far somebody is: up to which sequence they have everything, and have read everything. */
    record Marked(long at, DeviceName device, String conversation, String user, long delivered, long read)
            implements Event {}

    /** A device was told what its user has made of a conversation, newer than what it knew. */
    record Configured(long at, DeviceName device, String conversation, Settings settings) implements Event {}

    /**
     * Something breaks.
     *
     * @param fault a number that no other line of this kind has
     * @param forgets whether Redis may forget by it what it knew
     */
    record Broke(long at, int fault, String kind, String what, boolean forgets) implements Event {}

    /** It is whole again. */
    record Mended(long at, int fault) implements Event {}

    /** Nothing is broken any more, every device is on, and nobody says anything new. */
    record Quiet(long at) implements Event {}

    /** What a device has of a conversation in the end. */
    record Kept(long at, DeviceName device, String conversation, List<Entry> entries) implements Event {}

    /** What the server has of a conversation in the end, as a device was answered. */
    record Stored(long at, DeviceName device, String conversation, List<Entry> entries) implements Event {}

    /** What a device knows in the end of what its user has made of a conversation. */
    record KeptSettings(long at, DeviceName device, String conversation, Settings settings) implements Event {}
}
