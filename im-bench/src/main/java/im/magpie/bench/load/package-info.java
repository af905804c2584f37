/** Who writes to whom and when, and the check that everything arrives once and in order. */
@NullMarked
package im.magpie.bench.load;

import org.jspecify.annotations.NullMarked;
