@NullMarked
package im.magpie.cluster;

import org.jspecify.annotations.NullMarked;
