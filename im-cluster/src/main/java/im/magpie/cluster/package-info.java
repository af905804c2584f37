/** The command line of the native cluster. */
@NullMarked
package im.magpie.cluster;

import org.jspecify.annotations.NullMarked;
