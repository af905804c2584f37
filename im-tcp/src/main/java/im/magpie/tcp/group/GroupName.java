package im.magpie.tcp.group;

import im.magpie.common.rpc.GroupConversation;

/** A group of an app, by its conversation. */
public record GroupName(String appId, String conversationId) {

    GroupConversation toRpc() {
        return GroupConversation.newBuilder()
                .setAppId(appId)
                .setConversationId(conversationId)
                .build();
    }
}
