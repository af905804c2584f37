/** Starts, stops and watches the processes of a cluster. */
@NullMarked
package im.magpie.cluster.run;

import org.jspecify.annotations.NullMarked;
