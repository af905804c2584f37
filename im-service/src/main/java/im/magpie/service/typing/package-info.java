/** Who is writing something just now. */
@NullMarked
package im.magpie.service.typing;

import org.jspecify.annotations.NullMarked;
