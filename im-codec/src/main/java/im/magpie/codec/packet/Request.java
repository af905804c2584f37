package im.magpie.codec.packet;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
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

/** What a client writes. Every one gets exactly one reply but notices, which get none. */
public sealed interface Request extends Packet {

    record Login(int requestId, LoginRequest body) implements Request {
        @Override
        public Command command() {
            return Command.LOGIN;
        }
    }

    record Logout(int requestId, LogoutRequest body) implements Request {
        @Override
        public Command command() {
            return Command.LOGOUT;
        }
    }

    record Ping(int requestId, PingRequest body) implements Request {
        @Override
        public Command command() {
            return Command.PING;
        }
    }

    record Devices(int requestId, DevicesRequest body) implements Request {
        @Override
        public Command command() {
            return Command.DEVICES;
        }
    }

    record SignOut(int requestId, SignOutRequest body) implements Request {
        @Override
        public Command command() {
            return Command.SIGN_OUT;
        }
    }

    record Send(int requestId, SendRequest body) implements Request {
        @Override
        public Command command() {
            return Command.SEND;
        }
    }

    /** A notice: its request id is 0 and nobody answers it. */
    record PushAcknowledgement(int requestId, PushAck body) implements Request {
        @Override
        public Command command() {
            return Command.PUSH_ACK;
        }
    }

    record Sync(int requestId, SyncRequest body) implements Request {
        @Override
        public Command command() {
            return Command.SYNC;
        }
    }

    record Pull(int requestId, PullRequest body) implements Request {
        @Override
        public Command command() {
            return Command.PULL;
        }
    }

    record Read(int requestId, ReadRequest body) implements Request {
        @Override
        public Command command() {
            return Command.READ;
        }
    }

    record Configure(int requestId, ConfigureRequest body) implements Request {
        @Override
        public Command command() {
            return Command.CONFIGURE;
        }
    }

    record Group(int requestId, GroupRequest body) implements Request {
        @Override
        public Command command() {
            return Command.GROUP;
        }
    }

    record Room(int requestId, RoomRequest body) implements Request {
        @Override
        public Command command() {
            return Command.ROOM;
        }
    }

    record RoomSend(int requestId, RoomSendRequest body) implements Request {
        @Override
        public Command command() {
            return Command.ROOM_SEND;
        }
    }

    /** A notice: its request id is 0 and nobody answers it. */
    record Typing(int requestId, im.magpie.codec.protocol.Typing body) implements Request {
        @Override
        public Command command() {
            return Command.TYPING;
        }
    }

    /** Returns whether it has the request id 0 and is not answered. */
    default boolean isNotice() {
        return this instanceof PushAcknowledgement || this instanceof Typing;
    }

    /**
     * A command that no client may write here, or that nobody knows: to be answered UNKNOWN_COMMAND by {@link Reply.Failure#unknownCommand}.
     * Its body was not looked at.
     *
     * @param commandNumber 0 where a text message named it by a name that is not known
     */
    record Unknown(int requestId, int commandNumber) implements Request {
        @Override
        public Command command() {
            var known = Command.forNumber(commandNumber);
            return known == null ? Command.UNRECOGNIZED : known;
        }

        @Override
        public Message body() {
            return Empty.getDefaultInstance();
        }
    }
}
