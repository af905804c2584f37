/** Runs a cluster, breaks it as a seed has it while people write to each other, and judges what became of it. */
@NullMarked
package im.magpie.e2e.chaos;

import org.jspecify.annotations.NullMarked;
