@NullMarked
package im.magpie.tcp.timeline;

import org.jspecify.annotations.NullMarked;
