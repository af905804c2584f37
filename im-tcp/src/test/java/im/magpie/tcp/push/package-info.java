@NullMarked
package im.magpie.tcp.push;

import org.jspecify.annotations.NullMarked;
