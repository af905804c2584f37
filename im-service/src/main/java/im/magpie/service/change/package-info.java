/** Which messages may be changed, and by whom. */
@NullMarked
package im.magpie.service.change;

import org.jspecify.annotations.NullMarked;
