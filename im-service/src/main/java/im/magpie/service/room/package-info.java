/** Rooms: what is done to them, which nodes are present in them, and the way of what is said in them. */
@NullMarked
package im.magpie.service.room;

import org.jspecify.annotations.NullMarked;
