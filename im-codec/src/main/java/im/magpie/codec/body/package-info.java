/** The bodies of packets: the same protobuf messages, written as protobuf or as JSON. */
@NullMarked
package im.magpie.codec.body;

import org.jspecify.annotations.NullMarked;
