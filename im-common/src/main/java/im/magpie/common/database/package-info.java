/** Where a service's own schema is, and what its instances agree on there. */
@NullMarked
package im.magpie.common.database;

import org.jspecify.annotations.NullMarked;
