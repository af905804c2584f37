/** Flight recordings of JVMs: what they allocate, how they pause, and whether they grow. */
@NullMarked
package im.magpie.bench.recording;

import org.jspecify.annotations.NullMarked;
