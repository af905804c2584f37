/**
 * WebSocket messages: a binary one carries one frame, a text one a packet in its JSON form.
 *
 * <p>Behind Netty's own WebSocket handlers and its aggregator of fragments stand
 * {@link im.magpie.codec.websocket.BinaryMessageDecoder}, {@link im.magpie.codec.websocket.TextMessageDecoder},
 * {@link im.magpie.codec.packet.RequestDecoder}, {@link im.magpie.codec.websocket.BinaryMessageEncoder},
 * {@link im.magpie.codec.packet.PacketEncoder} and {@link im.magpie.codec.websocket.TextMessageEncoder}.
 */
@NullMarked
package im.magpie.codec.websocket;

import org.jspecify.annotations.NullMarked;
