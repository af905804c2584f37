@NullMarked
package im.magpie.tcp.heartbeat;

import org.jspecify.annotations.NullMarked;
