/** A network that can be made bad, between clients and gateways or between services and their servers. */
@NullMarked
package im.magpie.e2e.network;

import org.jspecify.annotations.NullMarked;
