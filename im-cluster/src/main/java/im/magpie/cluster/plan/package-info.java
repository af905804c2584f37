/** What should run, and what was chosen for it once: ports and secrets. */
@NullMarked
package im.magpie.cluster.plan;

import org.jspecify.annotations.NullMarked;
