@NullMarked
package im.magpie.cluster.plan;

import org.jspecify.annotations.NullMarked;
