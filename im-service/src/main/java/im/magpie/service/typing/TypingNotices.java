package im.magpie.service.typing;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Typing;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.Shape;
import im.magpie.common.rpc.TypingItem;
import im.magpie.common.user.UserKey;
import im.magpie.service.check.SendCheck;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Audiences;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells people that somebody is writing to them. Nothing of it is kept, and who may not write tells nobody.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class TypingNotices {

    private final SendCheck check;
    private final Audiences audiences;
    private final UserIndexes indexes;
    private final PushPublisher pushes;

    public TypingNotices(SendCheck check, Audiences audiences, UserIndexes indexes, PushPublisher pushes) {
        this.check = check;
        this.audiences = audiences;
        this.indexes = indexes;
        this.pushes = pushes;
    }

    /**
     * Tells the others' devices.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when nobody could be told
     */
    public void tell(List<TypingItem> items) {
        var verdicts = check.check(items.stream().map(TypingNotices::checkItem).toList());
        Map<TypingItem, List<UserKey>> others = new LinkedHashMap<>();
        for (var i = 0; i < items.size(); i++) {
            if (verdicts.get(i).getError() == ErrorCode.OK) {
                others.put(items.get(i), others(items.get(i), verdicts.get(i).getShape()));
            }
        }
        var routes =
                indexes.routes(others.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
        var told = new ArrayList<Push>();
        others.forEach((item, users) -> {
            var devices = users.stream()
                    .flatMap(user -> routes.getOrDefault(user, List.of()).stream())
                    .toList();
            if (!devices.isEmpty()) {
                var typing = Typing.newBuilder()
                        .setConversationId(item.getConversationId())
                        .setUserId(item.getUserId())
                        .build();
                told.add(Push.unacknowledged(Command.TYPING, typing.toByteString(), devices));
            }
        });
        pushes.publish(told);
    }

    private static CheckItem checkItem(TypingItem item) {
        return CheckItem.newBuilder()
                .setAppId(item.getAppId())
                .setSenderId(item.getUserId())
                .setConversationId(item.getConversationId())
                .build();
    }

    /** In groups, only where everybody is told of messages one by one. */
    private List<UserKey> others(TypingItem item, Shape shape) {
        var user = new UserKey(item.getAppId(), item.getUserId());
        return audiences.of(new ConversationKey(item.getAppId(), item.getConversationId()), shape.getVersion()).stream()
                .filter(other -> !other.equals(user))
                .toList();
    }
}
