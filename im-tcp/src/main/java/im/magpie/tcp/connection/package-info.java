/** What a node knows of its live connections. */
@NullMarked
package im.magpie.tcp.connection;

import org.jspecify.annotations.NullMarked;
