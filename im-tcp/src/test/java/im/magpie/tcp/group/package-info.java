@NullMarked
package im.magpie.tcp.group;

import org.jspecify.annotations.NullMarked;
