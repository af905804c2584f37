/** Tests with real servers. */
@NullMarked
package im.magpie.standalone.infrastructure;

import org.jspecify.annotations.NullMarked;
