package im.magpie.service.personal;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.SettingsPush;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.Members;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import java.util.List;

/**
 * Takes in what users make of their conversations, and tells their other devices.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class Configuring {

    private final ConversationLog conversations;
    private final Extents extents;
    private final SettingsTable settings;
    private final UserIndexes indexes;
    private final PushPublisher pushes;

    public Configuring(
            ConversationLog conversations,
            Extents extents,
            SettingsTable settings,
            UserIndexes indexes,
            PushPublisher pushes) {
        this.conversations = conversations;
        this.extents = extents;
        this.settings = settings;
        this.indexes = indexes;
        this.pushes = pushes;
    }

    /**
     * Changes a user's settings of a conversation. May be repeated, also after a failure, which may have come behind the change.
     *
     * @return the settings then
     * @throws im.magpie.common.error.MagpieException INVALID_REQUEST, INVALID_CONVERSATION or NOT_A_PARTICIPANT when this can't be; UNAVAILABLE when
     *     Redis or a database did not answer
     */
    public PersonalSettings configure(SessionRef session, ConfigureRequest request) {
        var user = new UserKey(session.getAppId(), session.getUserId());
        var member = Members.require(user, request.getConversationId());
        var head = conversations.head(member.conversation());
        extents.of(member, head);
        var changed = settings.change(member, new SettingsChange(request, head.sequence())::of);
        var routes = indexes.raise(List.of(new Touch(user, request.getConversationId())));
        var others = routes.getOrDefault(user, List.of()).stream()
                .filter(route -> !isFrom(session, route))
                .toList();
        if (!others.isEmpty()) {
            var push = SettingsPush.newBuilder()
                    .setConversationId(request.getConversationId())
                    .setSettings(changed)
                    .build();
            pushes.publish(List.of(Push.unacknowledged(Command.SETTINGS, push.toByteString(), others)));
        }
        return changed;
    }

    private static boolean isFrom(SessionRef session, DeviceRoute route) {
        return route.connectionId() == session.getConnectionId()
                && route.incarnation().equals(session.getIncarnation());
    }
}
