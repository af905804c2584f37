/** The packets that clients and servers exchange, and the way from frames to packets and back. */
@NullMarked
package im.magpie.codec.packet;

import org.jspecify.annotations.NullMarked;
