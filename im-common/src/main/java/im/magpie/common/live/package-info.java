/** Settings that can change while a service runs. */
@NullMarked
package im.magpie.common.live;

import org.jspecify.annotations.NullMarked;
