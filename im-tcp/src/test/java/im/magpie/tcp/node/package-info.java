@NullMarked
package im.magpie.tcp.node;

import org.jspecify.annotations.NullMarked;
