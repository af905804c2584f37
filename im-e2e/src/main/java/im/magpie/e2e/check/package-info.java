/** Judges histories: each promise of Magpie's is a rule, and what breaks one is named with the lines that show it. */
@NullMarked
package im.magpie.e2e.check;

import org.jspecify.annotations.NullMarked;
