package im.magpie.codec.packet;

import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConfigureReply;
import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LogoutReply;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomSendReply;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SignOutReply;
import im.magpie.codec.protocol.SyncReply;

/** The answer to a request, with its command and its request id. */
public sealed interface Reply extends ServerPacket {

    record LoginOk(int requestId, LoginReply body) implements Reply {
        @Override
        public Command command() {
            return Command.LOGIN;
        }
    }

    record LogoutOk(int requestId, LogoutReply body) implements Reply {
        @Override
        public Command command() {
            return Command.LOGOUT;
        }
    }

    record PingOk(int requestId, PingReply body) implements Reply {
        @Override
        public Command command() {
            return Command.PING;
        }
    }

    record DevicesOk(int requestId, DevicesReply body) implements Reply {
        @Override
        public Command command() {
            return Command.DEVICES;
        }
    }

    record SignOutOk(int requestId, SignOutReply body) implements Reply {
        @Override
        public Command command() {
            return Command.SIGN_OUT;
        }
    }

    record SendOk(int requestId, SendReply body) implements Reply {
        @Override
        public Command command() {
            return Command.SEND;
        }
    }

    record SyncOk(int requestId, SyncReply body) implements Reply {
        @Override
        public Command command() {
            return Command.SYNC;
        }
    }

    record PullOk(int requestId, PullReply body) implements Reply {
        @Override
        public Command command() {
            return Command.PULL;
        }
    }

    record ReadOk(int requestId, ReadReply body) implements Reply {
        @Override
        public Command command() {
            return Command.READ;
        }
    }

    record ConfigureOk(int requestId, ConfigureReply body) implements Reply {
        @Override
        public Command command() {
            return Command.CONFIGURE;
        }
    }

    record RoomOk(int requestId, RoomReply body) implements Reply {
        @Override
        public Command command() {
            return Command.ROOM;
        }
    }

    record RoomSendOk(int requestId, RoomSendReply body) implements Reply {
        @Override
        public Command command() {
            return Command.ROOM_SEND;
        }
    }

    record GroupOk(int requestId, GroupReply body) implements Reply {
        @Override
        public Command command() {
            return Command.GROUP;
        }
    }

    /**
     * Any reply whose status is not OK.
     *
     * @param requestId 0 where the error is not about a request that could be read
     * @param commandNumber the request's command, known or not
     * @param code UNRECOGNIZED at a client that is older than the code
     */
    record Failure(int requestId, int commandNumber, ErrorCode code, ErrorDetail detail) implements Reply {

        public Failure {
            if (code == ErrorCode.OK) {
                throw new IllegalArgumentException("a failure is not OK");
            }
        }

        /** Answers a request. */
        public static Failure of(Request request, ErrorCode code, String message) {
            return of(request, code, message, 0);
        }

        /**
         * Answers a request that may be offered again.
         *
         * @param retryAfterMillis how long the client has to wait; 0 where trying again does not help
         */
        public static Failure of(Request request, ErrorCode code, String message, int retryAfterMillis) {
            return new Failure(request.requestId(), request.commandNumber(), code, detail(message, retryAfterMillis));
        }

        /** Answers a command that is not known. */
        public static Failure unknownCommand(Request.Unknown request) {
            return of(request, ErrorCode.UNKNOWN_COMMAND, "no command that a client may send");
        }

        /** The one packet that goes out before a connection closes on something malformed. */
        public static Failure of(MalformedFrameException malformed) {
            return new Failure(
                    malformed.requestId(),
                    malformed.command(),
                    malformed.code(),
                    detail(String.valueOf(malformed.getMessage()), 0));
        }

        private static ErrorDetail detail(String message, int retryAfterMillis) {
            return ErrorDetail.newBuilder()
                    .setMessage(message)
                    .setRetryAfterMs(retryAfterMillis)
                    .build();
        }

        @Override
        public Command command() {
            var known = Command.forNumber(commandNumber);
            return known == null ? Command.UNRECOGNIZED : known;
        }

        @Override
        public ErrorDetail body() {
            return detail;
        }

        @Override
        public ErrorCode status() {
            return code;
        }
    }
}
