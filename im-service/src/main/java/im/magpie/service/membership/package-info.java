/** Who belongs to which conversation, and the rows that say so. */
@NullMarked
package im.magpie.service.membership;

import org.jspecify.annotations.NullMarked;
