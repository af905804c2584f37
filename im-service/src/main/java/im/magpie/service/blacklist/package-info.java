/** Who wants to hear nothing from whom. */
@NullMarked
package im.magpie.service.blacklist;

import org.jspecify.annotations.NullMarked;
