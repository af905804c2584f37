/** Ways to talk to the system without its client: HTTP, plain sockets, WebSockets, and tokens made by hand. */
@NullMarked
package im.magpie.e2e.wire;

import org.jspecify.annotations.NullMarked;
