/** The way of pushes from the node's own queue to the event loops of the connections that they are for. */
@NullMarked
package im.magpie.tcp.push;

import org.jspecify.annotations.NullMarked;
