package im.magpie.tcp.group;

import im.magpie.common.rpc.Groups;
import im.magpie.tcp.work.Loop;
import java.util.List;

/** What keeps the node's groups up to date, from its making to its close: enrolments, questions and notices, each on a thread of its own. */
public final class GroupWork implements AutoCloseable {

    private final GroupIndex index;
    private final List<Loop> loops;

    /**
     * Begins to work at once.
     *
     * @param incarnation of the node
     */
    public GroupWork(
            GroupSettings settings,
            GroupIndex index,
            Notices notices,
            Groups groups,
            String incarnation,
            GroupMeters meters) {
        this.index = index;
        var enrolment = new Enrolment(index, groups, incarnation, settings.renewEvery());
        var doubted = new DoubtedGroups(index, groups, settings.doubtPatience(), meters);
        this.loops = List.of(
                Loop.start("group-enrolment", enrolment::step),
                Loop.start("group-questions", doubted::step),
                Loop.start("group-notices", notices::step));
    }

    /** What was pushed to the node meanwhile is lost: looks whether its groups have gone on. Never blocks. */
    public void again() {
        index.begun().addAll(index.names());
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }
}
