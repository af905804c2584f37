/** Who somebody is. */
@NullMarked
package im.magpie.common.user;

import org.jspecify.annotations.NullMarked;
