@NullMarked
package im.magpie.tcp.connection;

import org.jspecify.annotations.NullMarked;
