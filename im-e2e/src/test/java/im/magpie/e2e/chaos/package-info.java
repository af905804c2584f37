/** Builds that are broken on purpose, and whether the checker finds out. */
@NullMarked
package im.magpie.e2e.chaos;

import org.jspecify.annotations.NullMarked;
