package im.magpie.service.enrolment;

import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.AmongCall;
import im.magpie.common.rpc.EnrolCall;
import im.magpie.common.rpc.GroupConversation;
import im.magpie.common.rpc.GroupState;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;
import im.magpie.service.membership.Rosters;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes say and ask about the groups that they have members of.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link MagpieException} UNAVAILABLE when Redis, the store or the database did not answer.
 */
public final class Enrolments {

    private static final Logger log = LoggerFactory.getLogger(Enrolments.class);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private final NodesWithMembers nodes;
    private final ConversationLog conversations;
    private final Rosters rosters;

    public Enrolments(NodesWithMembers nodes, ConversationLog conversations, Rosters rosters) {
        this.nodes = nodes;
        this.conversations = conversations;
        this.rosters = rosters;
    }

    /** Enrols a node, and only then looks how far the groups are: what is settled between the two finds the node, and is told to it here as well. */
    public List<GroupState> enrol(EnrolCall call) {
        var groups = call.getGroupsList().stream().map(Enrolments::key).toList();
        var lease = Duration.ofMillis(Math.clamp(call.getLeaseMs(), 1, LONGEST_LEASE.toMillis()));
        nodes.enrol(call.getIncarnation(), lease, groups);
        var heads = conversations.heads(groups);
        return groups.stream()
                .map(group -> state(group, heads.getOrDefault(group, Head.NONE)))
                .toList();
    }

    private GroupState state(ConversationKey group, Head head) {
        return GroupState.newBuilder()
                .setNewestSequence(head.sequence())
                .setVersion(head.shape())
                .setIndexed(indexed(group, head.shape()))
                .build();
    }

    /** Where nobody can tell, the node stays as it is. */
    private boolean indexed(ConversationKey group, long version) {
        try {
            return rosters.reach(GroupKey.of(group), version) == Reach.INDEXED;
        } catch (MagpieException e) {
            log.debug("How {} is told of messages is not known now", group, e);
            return false;
        }
    }

    /** Returns those of the users who were members at the version. */
    public List<String> among(AmongCall call) {
        return rosters.among(GroupKey.of(key(call.getGroup())), call.getVersion(), call.getUserIdsList());
    }

    private static ConversationKey key(GroupConversation group) {
        return new ConversationKey(group.getAppId(), group.getConversationId());
    }
}
