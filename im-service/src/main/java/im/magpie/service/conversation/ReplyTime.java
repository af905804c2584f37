package im.magpie.service.conversation;

import java.nio.ByteBuffer;

/**
 * When a script ran, by Redis' clock: unix milliseconds.
 *
 * @param now the moment it ran
 * @param opened when the epoch was opened
 */
record ReplyTime(long now, long opened) {

    static ReplyTime of(byte[] packed) {
        var bytes = ByteBuffer.wrap(packed);
        return new ReplyTime(bytes.getLong(), bytes.getLong());
    }
}
