/** Rooms: which of the node's connections are in which, what they ask and say there, and how they are told what is said. */
@NullMarked
package im.magpie.tcp.room;

import org.jspecify.annotations.NullMarked;
