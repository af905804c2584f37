package im.magpie.codec.packet;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.SettingsPush;

/** What a server writes unasked. */
public sealed interface Push extends ServerPacket {

    @Override
    default int requestId() {
        return 0;
    }

    record Kicked(im.magpie.codec.protocol.Kicked body) implements Push {
        @Override
        public Command command() {
            return Command.KICKED;
        }
    }

    record GoAway(im.magpie.codec.protocol.GoAway body) implements Push {
        @Override
        public Command command() {
            return Command.GO_AWAY;
        }
    }

    record Messages(MessagePush body) implements Push {
        @Override
        public Command command() {
            return Command.PUSH;
        }
    }

    record Settings(SettingsPush body) implements Push {
        @Override
        public Command command() {
            return Command.SETTINGS;
        }
    }

    record Typing(im.magpie.codec.protocol.Typing body) implements Push {
        @Override
        public Command command() {
            return Command.TYPING;
        }
    }

    record Notice(NoticePush body) implements Push {
        @Override
        public Command command() {
            return Command.NOTICE;
        }
    }

    record JoinRequests(JoinRequest body) implements Push {
        @Override
        public Command command() {
            return Command.JOIN_REQUEST;
        }
    }

    record Rooms(RoomPush body) implements Push {
        @Override
        public Command command() {
            return Command.ROOM_PUSH;
        }
    }

    record Receipts(ReceiptPush body) implements Push {
        @Override
        public Command command() {
            return Command.RECEIPT;
        }
    }
}
