/** Which messages may be changed, and by whom; and who may call everybody in a group. */
@NullMarked
package im.magpie.service.change;

import org.jspecify.annotations.NullMarked;
