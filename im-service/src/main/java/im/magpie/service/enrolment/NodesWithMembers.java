package im.magpie.service.enrolment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import im.magpie.service.redis.ScriptReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/**
 * The nodes that have members of groups, in the partitions of the groups' conversations. Soft: a node says so again before its lease ends, which brings it back
 * after Redis was lost.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis did not answer.
 */
public final class NodesWithMembers {

    private static final Script ENROL = Script.ofPartition("enrol");
    private static final Script ENROLLED = Script.ofPartition("enrolled");
    private static final int GROUPS_PER_SCRIPT = 500;

    private final PartitionScripts scripts;
    private final Partitions partitions;

    public NodesWithMembers(PartitionScripts scripts, Partitions partitions) {
        this.scripts = scripts;
        this.partitions = partitions;
    }

    /** A node has members of groups, for as long as its lease is. What is settled after this finds it. */
    public void enrol(String incarnation, Duration lease, Collection<ConversationKey> groups) {
        var arguments = List.of(bytes(incarnation), bytes(Long.toString(lease.toMillis())));
        byPartition(groups)
                .forEach((partition, some) -> some.stream()
                        .gather(Gatherers.windowFixed(GROUPS_PER_SCRIPT))
                        .forEach(chunk -> scripts.run(partition, ENROL, keys(chunk), arguments)));
    }

    /** Returns the incarnations of the nodes that have members of each group. */
    public Map<ConversationKey, List<String>> of(Collection<ConversationKey> groups) {
        var nodes = new HashMap<ConversationKey, List<String>>();
        byPartition(groups)
                .forEach((partition, some) -> some.stream()
                        .gather(Gatherers.windowFixed(GROUPS_PER_SCRIPT))
                        .forEach(chunk -> {
                            var reply = scripts.run(partition, ENROLLED, keys(chunk), List.of())
                                    .values();
                            for (var i = 0; i < chunk.size(); i++) {
                                nodes.put(chunk.get(i), texts(reply.array(i)));
                            }
                        }));
        return nodes;
    }

    private Map<Partition, List<ConversationKey>> byPartition(Collection<ConversationKey> groups) {
        return groups.stream()
                .distinct()
                .collect(groupingBy(group ->
                        Partition.ofConversations(partitions.ofConversation(group.appId(), group.conversationId()))));
    }

    private static List<String> keys(List<ConversationKey> groups) {
        return groups.stream().map(group -> "nodes:" + group).toList();
    }

    private static List<String> texts(ScriptReply array) {
        return new ArrayList<>(
                IntStream.range(0, array.size()).mapToObj(array::text).toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
