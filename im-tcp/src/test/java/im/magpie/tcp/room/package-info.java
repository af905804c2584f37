@NullMarked
package im.magpie.tcp.room;

import org.jspecify.annotations.NullMarked;
