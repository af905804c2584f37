/** The codec as a whole, and what its tests share. */
@NullMarked
package im.magpie.codec;

import org.jspecify.annotations.NullMarked;
