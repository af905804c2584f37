/** A client that does as little as a client may: connections, and packets written and read without objects. */
@NullMarked
package im.magpie.bench.client;

import org.jspecify.annotations.NullMarked;
