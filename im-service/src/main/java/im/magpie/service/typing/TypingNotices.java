package im.magpie.service.typing;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Typing;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.TypingItem;
import im.magpie.common.user.UserKey;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import im.magpie.service.pipeline.SendCheck;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells people that somebody is writing to them. Nothing of it is kept, and who may not write tells nobody.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class TypingNotices {

    private final SendCheck check;
    private final UserIndexes indexes;
    private final PushPublisher pushes;

    public TypingNotices(SendCheck check, UserIndexes indexes, PushPublisher pushes) {
        this.check = check;
        this.indexes = indexes;
        this.pushes = pushes;
    }

    /**
     * Tells the other side's devices.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when nobody could be told
     */
    public void tell(List<TypingItem> items) {
        var verdicts = check.check(items.stream().map(TypingNotices::checkItem).toList());
        Map<TypingItem, UserKey> peers = new LinkedHashMap<>();
        for (var i = 0; i < items.size(); i++) {
            if (verdicts.get(i).getError() == ErrorCode.OK) {
                peers.put(items.get(i), peer(items.get(i)));
            }
        }
        var routes = indexes.routes(peers.values());
        var told = new ArrayList<Push>();
        peers.forEach((item, peer) -> {
            var devices = routes.getOrDefault(peer, List.of());
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

    private static UserKey peer(TypingItem item) {
        var user = new UserKey(item.getAppId(), item.getUserId());
        return Members.peer(new Member(user, item.getConversationId()));
    }
}
