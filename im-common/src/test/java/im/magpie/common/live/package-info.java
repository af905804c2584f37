@NullMarked
package im.magpie.common.live;

import org.jspecify.annotations.NullMarked;
