/** The message table: how a batch gets into it, once, in order, and without losing what the database refuses. */
@NullMarked
package im.magpie.store.message;

import org.jspecify.annotations.NullMarked;
