package im.magpie.tcp.lane;

import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.SubmitItem;

/** Who wants to write where: what is checked once, however many messages there are. */
record Writer(String appId, String senderId, String conversationId) {

    static Writer of(SubmitItem item) {
        return new Writer(item.getAppId(), item.getSenderId(), item.getConversationId());
    }

    CheckItem.Builder toItem() {
        return CheckItem.newBuilder().setAppId(appId).setSenderId(senderId).setConversationId(conversationId);
    }
}
