package im.magpie.tcp.timeline;

import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.common.rpc.Mark;
import im.magpie.common.rpc.SessionRef;
import im.magpie.tcp.connection.Connection;
import java.util.List;

/** What goes into a call that raises watermarks. */
sealed interface MarkEntry {

    List<Mark> marks();

    /** Returns how many marks there are. */
    int size();

    /** A READ, which waits for its reply. */
    record Read(Connection connection, Request.Read request) implements MarkEntry {
        @Override
        public List<Mark> marks() {
            return request.body().getPositionsList().stream().map(this::mark).toList();
        }

        @Override
        public int size() {
            return request.body().getPositionsCount();
        }

        private Mark mark(ConversationPosition position) {
            return Mark.newBuilder()
                    .setSession(connection.requireSession())
                    .setConversationId(position.getConversationId())
                    .setReadSequence(position.getSequence())
                    .build();
        }
    }

    /** How far a device has a conversation; nobody waits for it. */
    record Delivered(SessionRef session, String conversationId, long sequence) implements MarkEntry {
        @Override
        public List<Mark> marks() {
            return List.of(Mark.newBuilder()
                    .setSession(session)
                    .setConversationId(conversationId)
                    .setDeliveredSequence(sequence)
                    .build());
        }

        @Override
        public int size() {
            return 1;
        }

        /** Returns the further one of two of the same conversation and device. */
        Delivered further(Delivered other) {
            return Long.compareUnsigned(sequence, other.sequence) >= 0 ? this : other;
        }
    }
}
