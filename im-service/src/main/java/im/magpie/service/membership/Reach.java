package im.magpie.service.membership;

/** How a group is told of a message. Its number is kept in the database. */
public enum Reach {
    /** Every member's index is raised, and his devices are pushed the message. */
    INDEXED(0),
    /** The nodes with members are pushed the message. */
    PUSHED(1),
    /** The nodes with members are told that there is one. */
    NOTICED(2);

    /** A group that shrinks changes its reach so far below the bound above which it did when it grew. */
    private static final double SLACK = 0.9;

    /**
     * Up to how many members groups are INDEXED and PUSHED.
     *
     * @param indexed not above {@code pushed}
     */
    public record Bounds(int indexed, int pushed) {

        /** Returns the reach of a new group of so many members. */
        public Reach of(int members) {
            if (members <= indexed) {
                return INDEXED;
            }
            return members <= pushed ? PUSHED : NOTICED;
        }

        /** Returns the reach of a group that has had this one, and has so many members now. */
        public Reach of(int members, Reach before) {
            var grown = of(members);
            if (grown.compareTo(before) >= 0) {
                return grown;
            }
            var shrunk = of((int) Math.ceil(members / SLACK));
            return shrunk.compareTo(before) < 0 ? shrunk : before;
        }
    }

    private final int number;

    Reach(int number) {
        this.number = number;
    }

    /** Returns what stands for it in tables. */
    public int number() {
        return number;
    }

    /** Returns the reach of a number. */
    public static Reach of(int number) {
        return switch (number) {
            case 0 -> INDEXED;
            case 1 -> PUSHED;
            case 2 -> NOTICED;
            default -> throw new IllegalArgumentException("no reach has the number " + number);
        };
    }
}
