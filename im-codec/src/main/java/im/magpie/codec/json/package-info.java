/** The JSON forms: of a packet as a text message, and of a frame's body. */
@NullMarked
package im.magpie.codec.json;

import org.jspecify.annotations.NullMarked;
