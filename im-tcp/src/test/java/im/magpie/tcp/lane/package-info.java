@NullMarked
package im.magpie.tcp.lane;

import org.jspecify.annotations.NullMarked;
