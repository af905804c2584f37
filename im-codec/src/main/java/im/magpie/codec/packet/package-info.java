/**
 * The packets that clients and servers exchange, and the way from frames to packets and back.
 *
 * <p>A connection's handlers share a {@link im.magpie.codec.frame.Wire}. Over TCP they stand, from the socket on, as
 * {@link im.magpie.codec.frame.FrameDecoder}, {@link im.magpie.codec.packet.RequestDecoder} (at a client
 * {@link im.magpie.codec.packet.ReplyDecoder}) and {@link im.magpie.codec.packet.PacketEncoder}.
 */
@NullMarked
package im.magpie.codec.packet;

import org.jspecify.annotations.NullMarked;
