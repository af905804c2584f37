/** How often somebody may do something. */
@NullMarked
package im.magpie.common.rate;

import org.jspecify.annotations.NullMarked;
