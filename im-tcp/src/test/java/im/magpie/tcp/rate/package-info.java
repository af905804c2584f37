@NullMarked
package im.magpie.tcp.rate;

import org.jspecify.annotations.NullMarked;
