package im.magpie.service.push;

import im.magpie.common.broker.GroupMembers;
import java.util.List;

/**
 * The members of a group, wherever they are connected: the nodes know.
 *
 * @param nodes the incarnations of those that have any
 * @param members who they are, without the origin
 * @param originNode the incarnation of the node that the message comes from, or empty
 * @param originConnection its connection, which gets nothing
 */
public record ToMembers(List<String> nodes, GroupMembers members, String originNode, long originConnection) {

    GroupMembers on(String node) {
        return node.equals(originNode)
                ? members.toBuilder().setOrigin(originConnection).build()
                : members;
    }
}
