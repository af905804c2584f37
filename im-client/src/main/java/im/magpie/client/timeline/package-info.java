/** Messages on their way from the server: in order, without gaps and without duplicates. */
@NullMarked
package im.magpie.client.timeline;

import org.jspecify.annotations.NullMarked;
