/** Answers that stay true for a moment. */
@NullMarked
package im.magpie.service.cache;

import org.jspecify.annotations.NullMarked;
