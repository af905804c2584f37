package im.magpie.client.store;

import im.magpie.codec.protocol.Receipt;

/** Somebody in a conversation. */
record MemberKey(String conversationId, String userId) {

    static MemberKey of(Receipt receipt) {
        return new MemberKey(receipt.getConversationId(), receipt.getUserId());
    }
}
