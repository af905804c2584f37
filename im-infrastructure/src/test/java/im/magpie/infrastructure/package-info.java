/** Tests with real servers. */
@NullMarked
package im.magpie.infrastructure;

import org.jspecify.annotations.NullMarked;
