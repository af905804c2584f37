package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.body.Body;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConfigureReply;
import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.GoAway;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LogoutReply;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SettingsPush;
import im.magpie.codec.protocol.SignOutReply;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.Typing;
import org.jspecify.annotations.Nullable;

/** Makes a reply or a push of its command, its status and its body, whatever form they came in. */
public final class ServerPackets {

    /**
     * @return null for a command that is no answer and no push as far as this client knows, which it ignores
     * @throws InvalidProtocolBufferException when the body is not what the command says
     */
    public static @Nullable ServerPacket of(int commandNumber, int status, int requestId, Body body)
            throws InvalidProtocolBufferException {
        if (status != ErrorCode.OK_VALUE) {
            var known = ErrorCode.forNumber(status);
            var code = known == null ? ErrorCode.UNRECOGNIZED : known;
            return new Reply.Failure(requestId, commandNumber, code, body.as(ErrorDetail.getDefaultInstance()));
        }
        var command = Command.forNumber(commandNumber);
        if (command == null) {
            return null;
        }
        return switch (command) {
            case LOGIN -> new Reply.LoginOk(requestId, body.as(LoginReply.getDefaultInstance()));
            case LOGOUT -> new Reply.LogoutOk(requestId, body.as(LogoutReply.getDefaultInstance()));
            case PING -> new Reply.PingOk(requestId, body.as(PingReply.getDefaultInstance()));
            case DEVICES -> new Reply.DevicesOk(requestId, body.as(DevicesReply.getDefaultInstance()));
            case SIGN_OUT -> new Reply.SignOutOk(requestId, body.as(SignOutReply.getDefaultInstance()));
            case SEND -> new Reply.SendOk(requestId, body.as(SendReply.getDefaultInstance()));
            case SYNC -> new Reply.SyncOk(requestId, body.as(SyncReply.getDefaultInstance()));
            case PULL -> new Reply.PullOk(requestId, body.as(PullReply.getDefaultInstance()));
            case READ -> new Reply.ReadOk(requestId, body.as(ReadReply.getDefaultInstance()));
            case KICKED -> new Push.Kicked(body.as(Kicked.getDefaultInstance()));
            case GO_AWAY -> new Push.GoAway(body.as(GoAway.getDefaultInstance()));
            case PUSH -> new Push.Messages(body.as(MessagePush.getDefaultInstance()));
            case RECEIPT -> new Push.Receipts(body.as(ReceiptPush.getDefaultInstance()));
            case CONFIGURE -> new Reply.ConfigureOk(requestId, body.as(ConfigureReply.getDefaultInstance()));
            case SETTINGS -> new Push.Settings(body.as(SettingsPush.getDefaultInstance()));
            case TYPING -> new Push.Typing(body.as(Typing.getDefaultInstance()));
            case NOTICE -> new Push.Notice(body.as(NoticePush.getDefaultInstance()));
            case JOIN_REQUEST -> new Push.JoinRequests(body.as(JoinRequest.getDefaultInstance()));
            case GROUP -> new Reply.GroupOk(requestId, body.as(GroupReply.getDefaultInstance()));
            case ROOM -> new Reply.RoomOk(requestId, body.as(RoomReply.getDefaultInstance()));
            case ROOM_SEND -> new Reply.RoomSendOk(requestId, body.as(RoomSendReply.getDefaultInstance()));
            case ROOM_PUSH -> new Push.Rooms(body.as(RoomPush.getDefaultInstance()));
            case PUSH_ACK, COMMAND_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private ServerPackets() {}
}
