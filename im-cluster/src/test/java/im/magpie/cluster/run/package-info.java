@NullMarked
package im.magpie.cluster.run;

import org.jspecify.annotations.NullMarked;
