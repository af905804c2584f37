/** The page docs/guarantees.md, and whether the tests are there that it names. */
@NullMarked
package im.magpie.e2e.guarantee;

import org.jspecify.annotations.NullMarked;
