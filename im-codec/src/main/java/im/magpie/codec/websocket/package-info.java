/** WebSocket messages: a binary one carries one frame, a text one a packet in its JSON form. */
@NullMarked
package im.magpie.codec.websocket;

import org.jspecify.annotations.NullMarked;
