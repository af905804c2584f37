/** SEND: from a client's packet to a lane, and from the lane's answer to every request that waits for it. */
@NullMarked
package im.magpie.tcp.send;

import org.jspecify.annotations.NullMarked;
