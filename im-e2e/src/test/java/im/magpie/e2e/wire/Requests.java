package im.magpie.e2e.wire;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.TextContent;

/** Bodies of requests. */
public final class Requests {

    public static LoginRequest login(String userId, String userSig, String deviceId) {
        return LoginRequest.newBuilder()
                .setAppId(Tokens.APP)
                .setUserId(userId)
                .setUserSig(userSig)
                .setClientType(ClientType.LINUX)
                .setDeviceId(deviceId)
                .build();
    }

    public static SendRequest send(String conversationId, String clientMessageId, String text) {
        return SendRequest.newBuilder()
                .setConversationId(conversationId)
                .setClientMessageId(clientMessageId)
                .setContent(MessageContent.newBuilder()
                        .setText(TextContent.newBuilder().setText(text)))
                .build();
    }

    private Requests() {}
}
