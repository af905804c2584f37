/** How pushes reach one connection: what waits for its login, what is unacknowledged, what was left out. */
@NullMarked
package im.magpie.tcp.delivery;

import org.jspecify.annotations.NullMarked;
