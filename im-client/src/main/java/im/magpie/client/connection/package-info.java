/** One connection to a gateway: frames, requests and their replies, and when to try again. */
@NullMarked
package im.magpie.client.connection;

import org.jspecify.annotations.NullMarked;
