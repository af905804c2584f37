package im.magpie.service.pipeline;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.common.broker.GroupMembers;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Origin;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.membership.Reach;
import im.magpie.service.message.ChatMessages;
import im.magpie.service.push.Push;
import im.magpie.service.push.ToMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The PUSH packets of settled messages, for everybody's devices but the one that has sent it: to the sessions of a message's audience, and for a group that is not
 * indexed to the nodes that have members.
 */
final class MessagePushes {

    private final Addressed addressed;
    private final Map<UserKey, List<DeviceRoute>> routes;
    private final List<Push> pushes = new ArrayList<>();
    private @Nullable ByteString body;

    private MessagePushes(Addressed addressed, Map<UserKey, List<DeviceRoute>> routes) {
        this.addressed = addressed;
        this.routes = routes;
    }

    /**
     * @param routes the connected devices of the messages' audiences
     * @param nodes those that have members of the messages' groups
     */
    static List<Push> of(
            List<Addressed> messages,
            Map<UserKey, List<DeviceRoute>> routes,
            Map<ConversationKey, List<String>> nodes) {
        return messages.stream()
                .flatMap(addressed -> new MessagePushes(addressed, routes)
                        .packets(nodes.getOrDefault(addressed.conversation(), List.of())).stream())
                .toList();
    }

    private List<Push> packets(List<String> nodes) {
        if (addressed.goesToNodes()) {
            // Who comes into the group at the nodes does so before they are pushed it.
            toAudience(false, addressed.message().getShapeVersion());
            toAudience(true, 0);
            toNodes(nodes);
        } else {
            toDevices(devices(addressed.audience().users()), 0);
        }
        return pushes;
    }

    /** Of those who hear of an event apart from the others, some go by it. */
    private void toAudience(boolean gone, long membersSince) {
        var goers = Set.copyOf(addressed.movement().gone());
        toDevices(
                devices(addressed.audience().users().stream()
                        .filter(user -> goers.contains(user.userId()) == gone)
                        .toList()),
                membersSince);
    }

    private void toDevices(List<DeviceRoute> devices, long membersSince) {
        if (!devices.isEmpty()) {
            pushes.add(push(Command.PUSH, body(), devices, membersSince, null));
        }
    }

    private void toNodes(List<String> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        var message = addressed.message();
        var members = GroupMembers.newBuilder()
                .setAppId(message.getAppId())
                .setVersion(message.getShapeVersion())
                .setEvent(message.getEvent())
                .addAllGone(addressed.movement().gone())
                .build();
        var origin = addressed.origin();
        var to = new ToMembers(nodes, members, origin.incarnation(), origin.connectionId());
        pushes.add(
                addressed.audience().reach() == Reach.NOTICED
                        ? push(Command.NOTICE, ByteString.EMPTY, List.of(), 0, to)
                        : push(Command.PUSH, body(), List.of(), 0, to));
    }

    private Push push(
            Command command, ByteString body, List<DeviceRoute> devices, long membersSince, @Nullable ToMembers to) {
        var message = addressed.message();
        return new Push(
                command,
                body,
                message.getConversationId(),
                message.getSequence(),
                devices,
                message.getTrace(),
                membersSince,
                to);
    }

    /** The same bytes for everybody. */
    private ByteString body() {
        var made = body;
        if (made == null) {
            made = MessagePush.newBuilder()
                    .addMessages(ChatMessages.of(addressed.message()))
                    .build()
                    .toByteString();
            body = made;
        }
        return made;
    }

    private List<DeviceRoute> devices(Collection<UserKey> users) {
        return users.stream()
                .flatMap(user -> routes.getOrDefault(user, List.of()).stream())
                .filter(route -> !isFrom(addressed.origin(), route))
                .toList();
    }

    private static boolean isFrom(Origin origin, DeviceRoute route) {
        return route.connectionId() == origin.connectionId()
                && route.incarnation().equals(origin.incarnation());
    }
}
