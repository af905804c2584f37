package im.magpie.tcp.group;

import im.magpie.codec.protocol.Command;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.tcp.connection.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which of the node's connections are of members of which group, for groups of whose messages the node gets one packet for
 * all of them. Connections come in by what their SYNC has brought and by the events of their groups, and go by events and
 * when they close. Safe for use by many threads; never blocks.
 */
public final class GroupIndex {

    private final ConcurrentMap<GroupName, LocalMembers> groups = new ConcurrentHashMap<>();
    /** Every group that a connection has ever been in: it may have gone from some. */
    private final ConcurrentMap<Connection, Set<GroupName>> byConnection = new ConcurrentHashMap<>();

    private final BlockingQueue<GroupName> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<GroupName> doubted = new LinkedBlockingQueue<>();
    private final Notices notices;
    private final GroupMeters meters;

    public GroupIndex(Notices notices, GroupMeters meters) {
        this.notices = notices;
        this.meters = meters;
    }

    /** Takes in what a SYNC has said of its user's groups; called before it is answered. */
    public void synced(Connection connection, SyncOutcome outcome) {
        var appId = connection.requireSession().getAppId();
        outcome.getGroupsList()
                .forEach(group -> enter(
                        connection,
                        new GroupName(appId, group.getConversationId()),
                        group.getVersion(),
                        group.getNewestSequence(),
                        false));
        if (outcome.getGroupsIncomplete()) {
            connection.execute(() -> connection.deliveries().leaveOut());
        }
    }

    /** Takes in a connection that is pushed the event by which its user is in a group. */
    public void entered(Connection connection, PushItem item) {
        var session = connection.session();
        // Whoever is not logged in yet has his SYNC before him.
        if (session != null) {
            enter(connection, nameOf(session, item), item.getMembersSince(), item.getSequence(), true);
        }
    }

    private static GroupName nameOf(SessionRef session, PushItem item) {
        return new GroupName(session.getAppId(), item.getConversationId());
    }

    /** Returns who is shown what is pushed to a group; all others who are in it are told that there is something. */
    public Collection<Connection> recipients(PushItem item) {
        var name = new GroupName(item.getMembers().getAppId(), item.getConversationId());
        var members = groups.get(name);
        if (members == null) {
            meters.unknown();
            return List.of();
        }
        var notice = item.getCommand() == Command.NOTICE_VALUE;
        var share = notice
                ? members.pass(item.getMembers(), item.getSequence())
                : members.share(item.getMembers(), item.getSequence());
        if (share.ended()) {
            groups.remove(name, members);
        } else if (notice || (share.shown().isEmpty() && !share.told().isEmpty())) {
            notices.tell(members, item.getSequence());
        } else {
            share.told().forEach(connection -> notices.tell(connection, name.conversationId(), item.getSequence()));
        }
        meters.shared(share.shown().size(), share.told().size());
        if (share.doubt()) {
            doubted.add(name);
        }
        return share.shown();
    }

    private void enter(Connection connection, GroupName name, long version, long place, boolean addressed) {
        namesOf(connection).add(name);
        var behind = LocalMembers.ENDED;
        while (behind == LocalMembers.ENDED) {
            var members = groups.computeIfAbsent(name, this::begin);
            behind = members.enter(connection, version, place, addressed);
            if (behind == LocalMembers.ENDED) {
                groups.remove(name, members);
            } else if (members.takeDoubt()) {
                doubted.add(name);
            }
        }
        if (behind > 0) {
            notices.tell(connection, name.conversationId(), behind);
        }
        if (!connection.channel().isOpen()) {
            // Its end may have come before it was in.
            leave(connection, name);
            leave(connection);
        }
    }

    private Set<GroupName> namesOf(Connection connection) {
        var fresh = ConcurrentHashMap.<GroupName>newKeySet();
        var names = byConnection.putIfAbsent(connection, fresh);
        if (names != null) {
            return names;
        }
        connection.onClose(() -> leave(connection));
        return fresh;
    }

    private LocalMembers begin(GroupName name) {
        begun.add(name);
        return new LocalMembers(name);
    }

    private void leave(Connection connection) {
        var names = byConnection.remove(connection);
        if (names != null) {
            names.forEach(name -> leave(connection, name));
        }
    }

    private void leave(Connection connection, GroupName name) {
        var members = groups.get(name);
        if (members != null && members.leave(connection)) {
            groups.remove(name, members);
        }
    }

    /** At a version a group is one of whose messages the members' own sessions are pushed: who is in since then or before goes. */
    void indexed(GroupName name, long version) {
        var members = groups.get(name);
        if (members != null && members.leaveUpTo(version)) {
            groups.remove(name, members);
        }
    }

    /** Tells a group's connections of the newest place there is, where nothing has brought them that far. */
    void catchUp(GroupName name, long place) {
        var members = groups.get(name);
        if (members != null && members.catchUp(place)) {
            meters.repaired();
            notices.tell(members, place);
        }
    }

    /** Returns what the services have to be asked about a group; null when it is not here any more. */
    LocalMembers.@Nullable Question question(GroupName name) {
        var members = groups.get(name);
        return members == null ? null : members.question();
    }

    /** Takes an answer to a question about a group. */
    void answer(GroupName name, LocalMembers.Question question, Set<String> memberIds) {
        var members = groups.get(name);
        if (members == null) {
            return;
        }
        var settled = members.answer(question, memberIds);
        if (settled.ended()) {
            groups.remove(name, members);
        } else if (settled.doubt()) {
            doubted.add(name);
        }
    }

    /** Returns the groups that are here. */
    Set<GroupName> names() {
        return Set.copyOf(groups.keySet());
    }

    public int count() {
        return groups.size();
    }

    /** Returns the groups that have begun to be here, each to be taken by one who enrols the node for it. */
    BlockingQueue<GroupName> begun() {
        return begun;
    }

    /** Returns the groups of which something was missed, each to be taken by one who asks the services. */
    BlockingQueue<GroupName> doubted() {
        return doubted;
    }
}
