/** LOGIN: the first packet of a connection, and how long it may be in coming. */
@NullMarked
package im.magpie.tcp.login;

import org.jspecify.annotations.NullMarked;
