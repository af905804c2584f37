/** What somebody can tell the cluster to do. */
@NullMarked
package im.magpie.cluster.command;

import org.jspecify.annotations.NullMarked;
