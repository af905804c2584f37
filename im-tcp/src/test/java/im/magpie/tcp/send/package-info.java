@NullMarked
package im.magpie.tcp.send;

import org.jspecify.annotations.NullMarked;
