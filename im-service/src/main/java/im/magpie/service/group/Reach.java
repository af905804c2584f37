package im.magpie.service.group;

/** How a group is told of a message. Its number is kept in the database. */
enum Reach {
    /** Every member's index is raised, and his devices are pushed the message. */
    INDEXED,
    /** The nodes with members are pushed the message. */
    PUSHED,
    /** The nodes with members are told that there is one. */
    NOTICED;

    /** A group that shrinks changes its reach so far below the bound above which it did when it grew. */
    private static final double SLACK = 0.9;

    /** Returns the reach of a group that has had this one, and has so many members now. */
    Reach at(int members, GroupSettings settings) {
        var grown = of(members, settings);
        if (grown.compareTo(this) >= 0) {
            return grown;
        }
        var shrunk = of((int) Math.ceil(members / SLACK), settings);
        return shrunk.compareTo(this) < 0 ? shrunk : this;
    }

    /** Returns the reach of a new group of so many members. */
    static Reach of(int members, GroupSettings settings) {
        if (members <= settings.indexMaxMembers()) {
            return INDEXED;
        }
        return members <= settings.pushMaxMembers() ? PUSHED : NOTICED;
    }

    static Reach of(int number) {
        return values()[number];
    }
}
