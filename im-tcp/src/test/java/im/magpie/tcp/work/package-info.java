@NullMarked
package im.magpie.tcp.work;

import org.jspecify.annotations.NullMarked;
