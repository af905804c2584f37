@NullMarked
package im.magpie.tcp.transport;

import org.jspecify.annotations.NullMarked;
