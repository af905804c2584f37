/** A cluster of processes, and what can be done to it from outside. */
@NullMarked
package im.magpie.e2e.cluster;

import org.jspecify.annotations.NullMarked;
