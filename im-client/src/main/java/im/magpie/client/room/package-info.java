/** The rooms that a device is in: they are entered again over every connection, and what is said in them is remembered nowhere. */
@NullMarked
package im.magpie.client.room;

import org.jspecify.annotations.NullMarked;
