@NullMarked
package im.magpie.tcp.delivery;

import org.jspecify.annotations.NullMarked;
