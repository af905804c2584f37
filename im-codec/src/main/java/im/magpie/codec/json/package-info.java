/** The form of packets in text messages. */
@NullMarked
package im.magpie.codec.json;

import org.jspecify.annotations.NullMarked;
