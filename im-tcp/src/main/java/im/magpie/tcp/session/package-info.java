/** What a node tells the services of its sessions' ends, and the services' clock as it knows it. */
@NullMarked
package im.magpie.tcp.session;

import org.jspecify.annotations.NullMarked;
