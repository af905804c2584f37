/** Where a service's own schema is. */
@NullMarked
package im.magpie.common.database;

import org.jspecify.annotations.NullMarked;
