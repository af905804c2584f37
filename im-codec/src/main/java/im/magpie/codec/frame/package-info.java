/** The frames that packets travel in: how they lie in bytes, and what one connection's codec has to remember. */
@NullMarked
package im.magpie.codec.frame;

import org.jspecify.annotations.NullMarked;
