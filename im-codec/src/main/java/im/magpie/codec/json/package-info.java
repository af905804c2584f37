/** The form of packets in text messages, {@code {"command":"PING","requestId":7}}. */
@NullMarked
package im.magpie.codec.json;

import org.jspecify.annotations.NullMarked;
