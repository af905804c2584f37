/** Messages on their way to the server, in order, until the server says that they are durable. */
@NullMarked
package im.magpie.client.outbox;

import org.jspecify.annotations.NullMarked;
