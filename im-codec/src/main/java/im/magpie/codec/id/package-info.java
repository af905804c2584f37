/** What identifiers look like. */
@NullMarked
package im.magpie.codec.id;

import org.jspecify.annotations.NullMarked;
