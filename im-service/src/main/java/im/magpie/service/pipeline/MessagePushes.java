package im.magpie.service.pipeline;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.Origin;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.message.ChatMessages;
import im.magpie.service.push.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The PUSH packets of settled messages: one a message, for everybody's devices but the one that has sent it. */
final class MessagePushes {

    /** @param routes the connected devices of the messages' audiences */
    static List<Push> of(List<Addressed> messages, Map<UserKey, List<DeviceRoute>> routes) {
        List<Push> pushes = new ArrayList<>();
        for (var addressed : messages) {
            var message = addressed.pending().message();
            var devices = addressed.audience().stream()
                    .flatMap(user -> routes.getOrDefault(user, List.of()).stream())
                    .filter(route -> !isFrom(addressed.pending().origin(), route))
                    .toList();
            if (!devices.isEmpty()) {
                var body = MessagePush.newBuilder()
                        .addMessages(ChatMessages.of(message))
                        .build();
                pushes.add(new Push(
                        Command.PUSH,
                        body.toByteString(),
                        message.getConversationId(),
                        message.getSequence(),
                        devices,
                        message.getTrace()));
            }
        }
        return pushes;
    }

    private static boolean isFrom(Origin origin, DeviceRoute route) {
        return route.connectionId() == origin.connectionId()
                && route.incarnation().equals(origin.incarnation());
    }

    private MessagePushes() {}
}
