/** What may break in a cluster, and when, as a seed has it. */
@NullMarked
package im.magpie.e2e.fault;

import org.jspecify.annotations.NullMarked;
