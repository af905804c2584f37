package im.magpie.e2e.people;

import im.magpie.codec.protocol.CreateGroup;
import im.magpie.e2e.system.GroupBounds;
import java.util.stream.Stream;

/** How many people make a group that is told of its messages in each way, with the bounds {@link GroupBounds#SMALL}. */
public enum GroupSize {
    /** Its members' indexes tell them. */
    SMALL(3),
    /** Its messages are pushed to the nodes that have members. */
    LARGE(5),
    /** Notices tell of its messages. */
    HUGE(7);

    private final int members;

    GroupSize(int members) {
        this.members = members;
    }

    public int members() {
        return members;
    }

    /** Makes a group of this size: of a device's owner, others, and people who are never there. */
    public InGroup madeBy(Device device, People people, CreateGroup.Builder group, Person... others) {
        return InGroup.madeBy(device, group.addAllMemberIds(people.absentees(members - 1 - others.length)), others);
    }

    /** The same, with nothing said of it. */
    public InGroup madeBy(Device device, People people, Person... others) {
        return madeBy(device, people, CreateGroup.newBuilder(), others);
    }

    /** Returns everything but the smallest. */
    public static Stream<GroupSize> unindexed() {
        return Stream.of(LARGE, HUGE);
    }
}
