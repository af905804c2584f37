package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.body.Body;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.DevicesRequest;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.LogoutRequest;
import im.magpie.codec.protocol.PingRequest;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.codec.protocol.PushAck;
import im.magpie.codec.protocol.ReadRequest;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.codec.protocol.Typing;

/** Makes a request of its command and its body, whatever form they came in. */
public final class Requests {

    /**
     * Makes a request; an unknown one where no client may write this command.
     *
     * @throws InvalidProtocolBufferException when the body is not what the command says
     */
    public static Request of(int commandNumber, int requestId, Body body) throws InvalidProtocolBufferException {
        var command = Command.forNumber(commandNumber);
        if (command == null) {
            return new Request.Unknown(requestId, commandNumber);
        }
        return switch (command) {
            case LOGIN -> new Request.Login(requestId, body.as(LoginRequest.getDefaultInstance()));
            case LOGOUT -> new Request.Logout(requestId, body.as(LogoutRequest.getDefaultInstance()));
            case PING -> new Request.Ping(requestId, body.as(PingRequest.getDefaultInstance()));
            case DEVICES -> new Request.Devices(requestId, body.as(DevicesRequest.getDefaultInstance()));
            case SIGN_OUT -> new Request.SignOut(requestId, body.as(SignOutRequest.getDefaultInstance()));
            case SEND -> new Request.Send(requestId, body.as(SendRequest.getDefaultInstance()));
            case PUSH_ACK -> new Request.PushAcknowledgement(requestId, body.as(PushAck.getDefaultInstance()));
            case SYNC -> new Request.Sync(requestId, body.as(SyncRequest.getDefaultInstance()));
            case PULL -> new Request.Pull(requestId, body.as(PullRequest.getDefaultInstance()));
            case READ -> new Request.Read(requestId, body.as(ReadRequest.getDefaultInstance()));
            case CONFIGURE -> new Request.Configure(requestId, body.as(ConfigureRequest.getDefaultInstance()));
            case TYPING -> new Request.Typing(requestId, body.as(Typing.getDefaultInstance()));
            case GROUP -> new Request.Group(requestId, body.as(GroupRequest.getDefaultInstance()));
            case ROOM -> new Request.Room(requestId, body.as(RoomRequest.getDefaultInstance()));
            case ROOM_SEND -> new Request.RoomSend(requestId, body.as(RoomSendRequest.getDefaultInstance()));
            case KICKED,
                    GO_AWAY,
                    PUSH,
                    RECEIPT,
                    SETTINGS,
                    NOTICE,
                    JOIN_REQUEST,
                    ROOM_PUSH,
                    COMMAND_UNSPECIFIED,
                    UNRECOGNIZED -> new Request.Unknown(requestId, commandNumber);
        };
    }

    private Requests() {}
}
