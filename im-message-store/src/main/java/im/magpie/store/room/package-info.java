/** What rooms keep: written, read, and deleted. */
@NullMarked
package im.magpie.store.room;

import org.jspecify.annotations.NullMarked;
